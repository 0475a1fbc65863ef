# Numbers arrive as $n, dates written out. Every language has the same names.

## Numbers and dates

today = Today, { $date }
from-to = { $date }, { $from } to { $to }
spots-left =
    { $n ->
        [one] { $n } spot left
       *[other] { $n } spots left
    }
sold-out = Sold out
dates-count =
    { $n ->
        [one] { $n } date
       *[other] { $n } dates
    }
spots-count =
    { $n ->
        [one] { $n } spot
       *[other] { $n } spots
    }
spots-taken = { $n } of { $max } taken
notice-hours =
    { $n ->
        [one] until { $n } hour before the start
       *[other] until { $n } hours before the start
    }
weekday-only =
    { $dow ->
        [1] Mondays only
        [2] Tuesdays only
        [3] Wednesdays only
        [4] Thursdays only
        [5] Fridays only
        [6] Saturdays only
       *[7] Sundays only
    }
show-only =
    { $dow ->
        [1] show only Mondays
        [2] show only Tuesdays
        [3] show only Wednesdays
        [4] show only Thursdays
        [5] show only Fridays
        [6] show only Saturdays
       *[7] show only Sundays
    }
none-free =
    { $dow ->
        [1] No Mondays are free.
        [2] No Tuesdays are free.
        [3] No Wednesdays are free.
        [4] No Thursdays are free.
        [5] No Fridays are free.
        [6] No Saturdays are free.
       *[7] No Sundays are free.
    }
price =
    { $paid ->
        [online] { $amount } paid online
       *[studio] { $amount } at the studio
    }
price-per-spot =
    { $paid ->
        [online] { $amount } per spot paid online
       *[studio] { $amount } per spot at the studio
    }
membership = membership
minutes =
    { $n ->
        [one] { $n } minute
       *[other] { $n } minutes
    }
service-with = { $service } with { $member }
times-in = Times in { $city }
time-to = { $from } to { $to }
service-with-on = { $service } with { $member }, { $date }

## The list of events

book-an-event = Book an event
page-closed = This booking page is closed.
no-events-on-page = No events are booked on this page.
service = Service
all-services = All services
team-member = Team member
all-team-members = All team members
from = From
show = Show
clear-filters = Clear filters
no-events = No events for this choice.
no-events-for = No events for { $service }.
no-events-with = No events with { $member }.
no-events-for-with = No events for { $service } with { $member }.
nothing-bookable = No events to book right now.
new-dates-appear = New dates appear here as the studio publishes them.
all-sold-out = All dates shown are sold out.
show-more = Show more dates
show-later = Show later dates

## Around every page

questions = Questions?
problems-title =
    { $n ->
        [one] There is a problem
       *[other] There are { $n } problems
    }
try-again-in =
    { $n ->
        [one] Please try again in { $n } second.
       *[other] Please try again in { $n } seconds.
    }
problem = Problem: { $title }
see-all-events = See all events
new-tab = (opens in a new tab)
please-call =
    { $phone ->
        [none] Please call the studio.
       *[given] Please call the studio: { $phone }.
    }

## Choosing

choose-up-to =
    { $max ->
        [one] You can choose { $max } date.
       *[other] You can choose up to { $max } dates.
    }
too-many-selected =
    { $max ->
        [one] One booking takes { $max } date and { $n } are ticked. Please clear { $over }.
       *[other] One booking takes up to { $max } dates and { $n } are ticked. Please clear { $over }.
    }
not-listed-sold-out =
    { $n ->
        [one] { $n } date is sold out and not listed.
       *[other] { $n } dates are sold out and not listed.
    }
not-listed-too-few =
    { $n ->
        [one] { $n } date has fewer than { $spots } spots left and is not listed.
       *[other] { $n } dates have fewer than { $spots } spots left and are not listed.
    }
only-left =
    { $n ->
        [one] Only { $n } spot is left on { $date }, and you asked for { $asked }.
       *[other] Only { $n } spots are left on { $date }, and you asked for { $asked }.
    }
take-spots =
    { $n ->
        [one] Take { $n } spot
       *[other] Take { $n } spots
    }
all-events = All events
skip-to-continue = Skip to Continue
your-date = Your date
date-sold-out = { $date } is sold out.
spots = Spots
spots-hint = For several people under one phone number.
each-hint = A number of spots for each date.
same-for-all = Same for all dates
different-per-date = Different number per date
book-another = Book another
show-all-weekdays = Show all weekdays
more-dates-for = More dates for { $service } with { $member }. Tap a date to see only that weekday.
view-all-dates = View all dates
show-n-more = Show { $n } more
show-fewer-dates = Show fewer dates
also-selected = Also selected
separate-booking = For another team member or service, make a separate booking.
continue = Continue
for-date = for { $date }
on-date = on { $date }
clear-this-date = Clear this date
since-sold-out = Sold out since you chose it
moved-now = Moved, now { $date }
cancelled-by-studio = Cancelled by the studio
booking-has-closed = Booking has closed
already-yours = You already have this date
not-offered = Not offered any more
clear-sold-out = { $date } is sold out. Please clear it to continue.
clear-cancelled = { $date } was cancelled by the studio. Please clear it to continue.
clear-closed = Booking has closed for { $date }. Please clear it to continue.
clear-already-yours = You already have { $date }. Please clear it to continue.
clear-not-offered = { $date } is not offered any more. Please clear it to continue.
mixed-selection = One booking is for one team member and one service. Please make a separate booking for the others.
nothing-ticked = No date is selected. Please tick at least one to continue.
most-spots-per-date =
    { $max ->
        [one] One booking takes up to { $max } spot per date.
       *[other] One booking takes up to { $max } spots per date.
    }
date-gone-title = This date is not offered any more
date-gone = This date is not offered any more.

## Confirming

nothing-if-one-full =
    { $n ->
        [one] Nothing is booked if this date is full.
       *[other] Nothing is booked if one of these dates is full.
    }
race-lost =
    { $n ->
        [one] Nothing is booked yet: { $date } filled up a moment ago.
       *[other] Nothing is booked yet: { $n } dates filled up a moment ago.
    }
book-the-others =
    { $n ->
        [one] Book the other date
       *[other] Book the other { $n } dates
    }
your-details = Your details
confirm-booking = Confirm booking
your-selection = Your selection
cancel-until = cancel online until { $date }
cancelling-has-closed = Online cancelling has closed for this date.
in-all = { $dates }, { $spots } in all
call-to-change =
    { $phone ->
        [none] To cancel or move a date, please call the studio.
       *[given] To cancel or move a date, please call the studio: { $phone }.
    }
change-selection = Change selection
contact-details = Contact details
name = Name
phone = Phone
phone-hint = For messages about your dates.
email = E-mail
email-optional = E-mail (optional)
comment = Comment
comment-optional = Comment (optional)
book-with-membership = Book with membership
needs-membership = { $service } needs a membership. We look it up by your phone number.
please-name = Please enter a name.
please-phone = Please enter a phone number, like 030 23125 014 or +49 30 23125 014.
please-email = Please enter an e-mail address; the studio asks for one.
email-incomplete = This e-mail address looks incomplete.
shorten-comment = Please shorten the comment to 2000 characters.
please-comment = Please add a comment; the studio asks for one.
please-check = Please check this.
please-agree = Please agree to the privacy notice to book.
code-sent = We sent 6 digits to { $phone }.
code-sent-again = We sent another 6 digits to { $phone }; those before do not work any more.
nothing-booked-yet = Nothing is booked yet.
change-number = Change the number
code-message = { $code } is your code to confirm your booking at { $studio }. It works for 10 minutes. Nobody from the studio will ask you for it.

## What was booked

booked-title =
    { $n ->
        [one] Your date is booked
       *[other] { $n } dates are booked
    }
partly-booked = { $n } of { $max } dates are booked
none-booked = No date is booked any more
your-appointments = Your appointments
not-booked = Not booked: { $dates }.
not-booked-date = { $date }, { $why }
why-sold-out = sold out
see-other-dates = See other dates
all-in-one-file = All dates in one calendar file
book-something-else = Book something else
each-stands-alone = Each date stands alone: changing one leaves the others as they are.
keep-address = Keep this address to yourself: it opens your appointments.
result-mail-on-its-way = The details are also on their way to { $address }.
result-mailed = The details were also sent to { $address }.
result-text-on-its-way = The details are also on their way as a text message.
result-texted = The details were also sent as a text message.

## Why nothing was booked

not-booked-because = Nothing is booked yet: { $why }.
something-changed = Nothing is booked yet: something changed while you were here.
is-now = { $was } is now { $is }.
takes-now =
    { $max ->
        [one] One booking now takes up to { $max } date; you have { $n }.
       *[other] One booking now takes up to { $max } dates; you have { $n }.
    }
prepayment-now = The studio now takes payment online, so dates are booked one at a time.
consent-now = The privacy notice changed; please read it and agree again.
no-date-selected = No date is selected.
choose-dates = Choose dates
choose-another-date = Choose another date
choose-again = Choose these dates again
selection-expired = This selection has ended. Nothing was booked. Selections stay open for 24 hours.
selection-edited = This selection has ended. Nothing was booked. It was changed very often.
not-booked-page-closed = Nothing is booked yet: this booking page is closed.
not-booked-enough-codes = Nothing is booked yet: no more codes are sent to this number today. Please try again tomorrow.
not-booked-no-codes = Nothing is booked yet: a code is needed, and none can be sent at the moment.
filled-up =
    { $n ->
        [one] { $date } filled up a moment ago.
       *[other] { $n } dates filled up a moment ago.
    }
take-on =
    { $n ->
        [one] Take { $n } spot on { $date }
       *[other] Take { $n } spots on { $date }
    }
not-booked-already-yours = Nothing is booked yet: you already have { $date }.
not-booked-cancelled = Nothing is booked yet: the studio cancelled { $date }.
not-booked-most-spots =
    { $max ->
        [one] Nothing is booked yet: one booking takes up to { $max } spot per date.
       *[other] Nothing is booked yet: one booking takes up to { $max } spots per date.
    }
not-booked-closed = Nothing is booked yet: booking has closed for { $date }.
not-booked-membership = Nothing is booked yet: we found no membership for { $service } under this number.
book-without-membership = Book without membership
take-instead = Take { $date } instead
take-instead-of = Take { $date } instead of { $full }
line-sold-out = Sold out.
line-left =
    { $n ->
        [one] { $n } spot left.
       *[other] { $n } spots left.
    }
line-most-spots =
    { $max ->
        [one] Up to { $max } spot.
       *[other] Up to { $max } spots.
    }
line-cancelled = Cancelled by the studio.
line-already-yours = You already have this date.
line-no-membership = No membership applies.
line-moved = Moved by the studio.
line-closed = Booking has closed.

## One appointment

status-booked = Booked
status-moved = Moved
status-past = Past
status-cancelled = Cancelled
reference = Reference { $reference }
add-to-google = Add to Google Calendar
calendar-file = Calendar file
reschedule = Reschedule
fewer-spots = Fewer spots
cancel = Cancel
was-date = Was { $date }.
now-with = Now with { $member }.
you-cancelled-on = You cancelled this date on { $date }.
studio-cancelled-on = The studio cancelled this date on { $date }.
date-over = This date is over.
can-change-until =
    { $what ->
        [cancel] You can cancel online until { $date }.
       *[move] You can reschedule online until { $date }.
    }
changing-ended =
    { $what ->
        [cancel] Online cancelling ended on { $date }.
       *[move] Online rescheduling ended on { $date }.
    }
call-to-cancel =
    { $phone ->
        [none] To cancel, please call the studio.
       *[given] To cancel, please call the studio: { $phone }.
    }
call-to-move =
    { $phone ->
        [none] To reschedule, please call the studio.
       *[given] To reschedule, please call the studio: { $phone }.
    }
nothing-changed = Nothing was changed.
nothing-changed-because = Nothing was changed: { $why }.
not-changed-ended =
    { $what ->
        [cancel] Nothing was changed: online cancelling ended on { $date }.
       *[move] Nothing was changed: online rescheduling ended on { $date }.
    }
not-changed-off =
    { $what ->
        [cancel] Nothing was changed: online cancelling is not offered.
       *[move] Nothing was changed: online rescheduling is not offered.
    }
book-date-again = Book this date again
date-cancelled = { $date } is cancelled.
moved-to = Moved to { $date }. Your old spots are free again.
you-keep =
    { $n ->
        [one] You keep { $n } spot on { $date }.
       *[other] You keep { $n } spots on { $date }.
    }
cancel-date = Cancel { $date }?
spots-become-free =
    { $n ->
        [one] Your spot becomes free.
       *[other] Your { $n } spots become free.
    }
others-stay = Your other dates stay booked.
cancel-this-date = Cancel this date
keep-it = Keep it
move-date = Move { $date }
no-other-fits = No other date fits right now. You still have { $date }.
new-date = New date
move-to-this = Move to this date
choose-date-to-move = Please choose a date to move to.
still-have = You still have { $date }.
that-date = That date
does-not-fit = { $date } does not fit: { $why }.
already-have = You already have { $date }.
membership-not-cover = Your membership does not cover { $date }.
closed-for = Booking has closed for { $date }.
keep-how-many = How many spots do you keep?
of-spots = of { $n }
keep-these = Keep these spots
keep-all = Keep all
enter-spots-kept = Please enter how many spots you keep.

## When a page could not be made

no-connection = No connection
nothing-was-booked = Nothing was booked. What you chose and typed is still here.
not-sure = We are not sure yet
unsure-booking = We could not see whether your booking arrived. Check again: it cannot book anything twice.
unsure-change = We could not see whether your change arrived. Check again: it is not made twice.
check-again = Check again
very-busy = Very busy right now
not-taken-in = This step was not taken in, so nothing was changed.
one-moment = One moment, please
many-requests = Many requests came from your connection. Nothing was changed.
try-again = Try again
opens-nothing = This address opens nothing
cut-off = It may be cut off, or it has ended.
ask-the-studio = Please ask the studio.
ask-or-sign-in = Please ask the studio, or sign in with your phone number.
open-on-its-own = Please open this page on its own
framed = The site around this page does not let it send forms. Nothing was booked.
open-in-new-tab = Open in a new tab
did-not-work = This did not work
back = Back
our-side = Something went wrong on our side
tell-the-number = Nothing was changed. If it happens again, please tell the studio this number: { $request }.
request-number = Request { $request }
why-too-large = the form is too large
why-broke-off = the request broke off

## Why a rule said no, as it stands after a colon

refused-no-such =
    { $what ->
        [appointment] there is no such appointment
        [booking-link] there is no such booking link
        [branch] there is no such branch
        [cart] there is no such cart
        [event] there is no such event
        [service] there is no such service
        [team-member] there is no such team member
       *[thing] there is no such thing
    }
refused-stale = this was changed meanwhile; its version is { $version } now
refused-key-reused = this idempotency key belongs to another request
refused-no-such-time = the clock skips this time; the neighbours are { $earlier } and { $later }
refused-not-booked = nothing is booked: not every event can be
obstacle-not-enough-spots = { $left } spots are left, and { $asked } were asked for
obstacle-activity-cancelled = the studio cancelled this event
obstacle-booking-closed = this event is closed to online booking
obstacle-already-started = this event has started
obstacle-too-soon = this event starts too soon to be booked online
obstacle-too-far-ahead = this event is too far ahead to be booked online
obstacle-not-offered = this event is not offered here
obstacle-activity-moved = this event was moved
obstacle-already-booked = the client already has this event
obstacle-no-membership = no membership applies to this event
obstacle-too-many-spots = one booking takes up to { $max } spots of an event
cart-not-found = there is no such selection
cart-not-confirmed = this selection is still open
cart-different-team-members = all events in one booking are run by the same team member
cart-different-services = all events in one booking are of the same service
cart-too-many-events = at most { $max } events can be booked at once
cart-prepayment-enabled = events are booked one at a time while online prepayment is enabled
cart-prepayment-required = an event with required prepayment is booked alone
cart-not-selected = this event is not selected
cart-nothing-selected = no event is selected
cart-already-confirmed = this selection is confirmed already
cart-expired = this selection has ended; selections stay open for 24 hours
cart-too-many-edits = this selection was changed very often and has ended
cart-link-closed = this booking page is closed
cart-consent-missing = please agree to the studio's terms
cart-consent-changed = the studio's terms have changed; please agree again
cart-email-missing = this link asks for an e-mail address
cart-comment-missing = this link asks for a comment
cart-phone-code-needed = the telephone number has to be proved with a code
cart-items-refused = { $n } of the events cannot be booked
activity-already-scheduled = this event was scheduled differently
activity-capacity-below-taken = { $n } spots are taken already
appointment-already-booked = this appointment was booked differently
appointment-cancelled = this appointment is cancelled
appointment-changing-off =
    { $what ->
        [cancel] online cancelling is closed: please call the studio: this is not done online here
       *[move] online rescheduling is closed: please call the studio: this is not done online here
    }
appointment-changing-ended =
    { $what ->
        [cancel] online cancelling is closed: this was possible until { $date }
       *[move] online rescheduling is closed: this was possible until { $date }
    }
appointment-different-team-members = an appointment moves to an event with the same team member
appointment-different-services = an appointment moves to an event of the same service
appointment-not-fewer-spots = this appointment holds { $n } spots; fewer can be kept, not more
branch-already-open = this branch is open already
link-already-created = this booking link exists already
link-not-for-individual-links = individual links book one appointment at a time
link-consent-empty = a consent text says something; leave it out to ask for none
membership-already-granted = this membership was granted with other terms
client-erased = there is no such client any more
client-upcoming-appointments =
    { $n ->
        [one] { $n } appointment is still to come; it is cancelled in the same step if that is asked for
       *[other] { $n } appointments are still to come; they are cancelled in the same step if that is asked for
    }

## Staff

skip-to-content = Skip to content
staff = Staff
staff-not-signed-in = You work as: staff, not signed in
journal = Journal
booking-links = Booking links
branch-rules = Branch rules
changed-meanwhile = Somebody changed this meanwhile, so your change was not saved.
journal-of = Journal, { $date }
day-before = Day before
show-today = Today
day-after = Day after
schedule = Schedule
no-events-on-day = No events on this day.
next-day-with-events = Next day with events
not-bookable-online = not bookable online
event-cancelled = Cancelled
spots-taken-over = { $n } of { $max } taken, { $over } over
spots-taken-full = { $n } of { $max } taken, full
counts-and-free = { $counts }, { $n } free
no-bookings-yet = No bookings yet.
move = Move
move-to = Move to
move-target = { $date }, { $service }, { $member }, { $n } free
overbook = Overbook on purpose
erased-client = Erased client
cancelled-by-client = Cancelled by the client
appointment-was-cancelled = The appointment is cancelled.
appointment-was-moved = The appointment was moved.

## The journal

view-day = Day
view-week = Week
week-before = Week before
week-after = Week after
journal-week = Journal, week from { $date }
no-events-in-week = No events in this week.
name-or-phone = Name or phone
search = Search
nobody-found = Nobody found. Try part of the name or the last digits of the phone.
showing-first = Showing { $n }. Type more to narrow it down.
appointments-for =
    { $n ->
        [one] { $n } appointment for { $who }
       *[other] { $n } appointments for { $who }
    }
new-bookings =
    { $n ->
        [one] { $n } new booking
       *[other] { $n } new bookings
    }
live-at = Live, { $time }
live-paused = Live updates are paused since { $time }.
reload = Reload
drag-where = Drop it where it is to take place
book-for-client = Book for a client
event = Event
capacity = Capacity
move-event = Move event
cancel-event = Cancel event
replace-team-member = Replace team member
close-online-booking = Close online booking
open-online-booking = Open online booking
event-was-cancelled = This event is cancelled.
appointments = Appointments
attendance = Attendance
change = Change
arrived = Arrived
no-show = No-show
booked-together-with = booked together with { $dates } (not linked)
spots-were-reduced = The appointment keeps fewer spots now.
event-was-changed = The event was changed.
theirs = Theirs, saved
yours = Yours, not saved
save-mine = Save mine
keep-theirs = Keep theirs
save-anyway = Save anyway
clients-affected =
    { $n ->
        [one] { $n } client is affected.
       *[other] { $n } clients are affected.
    }
cannot-be-reached =
    { $n ->
        [one] { $n } of them cannot be reached.
       *[other] { $n } of them cannot be reached.
    }
please-tell-them = No message is sent: please tell them.
messages-tell-them = They are told by e-mail or text message.
please-tell-others =
    { $n ->
        [one] No message reaches { $n } of them: please tell them.
       *[other] No message reaches { $n } of them: please tell them.
    }
change-and-tell =
    { $n ->
        [one] { $change } and tell { $n } client
       *[other] { $change } and tell { $n } clients
    }
no-message = no message
no-phone = cannot be reached
would-be-overbooked = { $taken } spots are taken. With { $capacity } the event is overbooked by { $over }.
capacity-1-to-65535 = Please enter a number from 1 to 65535.
choose-team-member = Please choose a team member.
enter-date = Please enter a date.
enter-time = Please enter a time, like 18:30.
enter-minutes = Please enter how many minutes it lasts, from 1 to 1440.
date = Date
time = Time
minutes-long = Minutes
enter-spots-left = Please enter how many spots the client keeps.
cancel-of-client = Cancel: { $client }
move-of-client = Move: { $client }
spots-of-client = Fewer spots: { $client }
cancel-this-appointment = Cancel this appointment
move-this-appointment = Move to this date
own-deadline = The client's own deadline was { $date }. You can still cancel.
own-deadline-moving = The client's own deadline was { $date }. You can still move it.
date-filled-up = { $date } filled up.
client-still-has = { $client } still has { $date }.
client = Client
new-client = New client
choose-event = Which event?
no-events-ahead = No events are planned.
book-for = Book for { $client }
book = Book
book-again = Book again
booked-for =
    { $n ->
        [one] { $n } date is booked for { $client }.
       *[other] { $n } dates are booked for { $client }.
    }
full-of = full, { $n } of { $max }
n-free =
    { $n ->
        [one] { $n } free
       *[other] { $n } free
    }
would-have-taken = { $date } would have { $n } of { $max } taken.
spots-1-to-255 = Please enter a number of spots from 1 to 255.
needs-a-link = Please make a booking link first: its rules hold for what is booked here.
nothing-booked-because = Nothing is booked yet: { $why }.
not-booked-full = Nothing is booked yet: { $date } is full.
booked-online-on = online, { $date }
booked-at-desk-on = at the desk, { $date }
not-booked-at-desk = Nothing is booked yet: { $date }: { $why }.
client-already-has = Nothing is booked yet: { $client } already has { $date }.
memberships = Memberships
no-memberships = No memberships.
visits-left =
    { $n ->
        [one] { $n } visit left
       *[other] { $n } visits left
    }
visits-without-limit = visits without limit
until-day = until { $date }
membership-released = not used yet
membership-frozen = frozen
membership-ended = ended
grant-membership = Grant a membership
covers-services = Covers these services; all of them if none is ticked
visits = Visits
empty-no-limit = empty: without limit
last-day = Last day
grant = Grant
membership-granted = The membership is granted.
visits-please = Please enter a number of visits from 1, or leave it empty.
personal-data = Personal data
export-client = Hand over as a file
erase-client = Erase this client
erase-what = Name, phone, e-mail and comments are destroyed, sign-ins and private addresses end. What was booked stays, without a name.
erase-for-good = This cannot be undone.
erase-with-dates =
    { $n ->
        [one] Cancel { $n } appointment that is still to come
       *[other] Cancel { $n } appointments that are still to come
    }
erase-keep = Keep the client
end-links = End private addresses
end-links-what = The addresses of results, appointments and the calendar that this client was given open nothing any more, for nobody.
end-links-then = What is booked stays booked. The client finds it after signing in with the phone number.
end-links-keep = Keep the addresses
links-are-ended = The private addresses are ended.
client-is-erased = The client is erased.
client-was-exported = What is stored was handed over
client-was-erased = Erased
client-links-ended = Private addresses ended

## What happened to an event

fact-scheduled = Planned for { $date } with { $n } spots.
fact-capacity-set = The capacity was set to { $n }.
fact-moved = Moved from { $was } to { $date }.
fact-cancelled = The event was cancelled.
fact-team-member-replaced = { $member } takes it over from { $was }.
fact-booking-opened = Opened to online booking.
fact-booking-closed = Closed to online booking.
fact-spots-taken =
    { $n ->
        [one] { $client } took { $n } spot.
       *[other] { $client } took { $n } spots.
    }
fact-overbooked =
    { $n ->
        [one] { $client } took { $n } spot, overbooked on purpose.
       *[other] { $client } took { $n } spots, overbooked on purpose.
    }
fact-spots-released =
    { $n ->
        [one] { $client } gave { $n } spot back.
       *[other] { $client } gave { $n } spots back.
    }
fact-spots-kept =
    { $n ->
        [one] { $client } kept { $n } spot.
       *[other] { $client } kept { $n } spots.
    }
by-client = by the client
by-staff = by staff, not signed in
by-import = by an import
by-demonstration = by the demonstration
cause-booked = booked online
cause-booked-at-desk = booked for the client
cause-appointment-cancelled = an appointment was cancelled
cause-appointment-moved = an appointment was moved
cause-spots-reduced = an appointment keeps fewer spots
cause-planned = the event was planned
cause-client-erased = a client was erased
cause-client-exported = data was handed over
cause-links-ended = private addresses were ended
cause-selected = a selection was made
cause-membership-granted = a membership was granted
cause-attendance-noted = attendance was noted
cause-settings-saved = settings were saved
cause-event-changed = the event was changed

## Settings

save = Save
saved = Saved.
nothing-to-save = Nothing to save.
not-saved-because = Nothing was saved: { $why }.
open-again = Open it again to see it.
online-booking-links = Online booking links
no-links-yet = No booking links yet. A link is the page where clients book.
multiple-booking-is = Multiple event booking: { $setting }
multiple-off = Off
multiple-paused = Paused, prepayment is on
multiple-up-to =
    { $max ->
        [one] Up to { $max } date
       *[other] Up to { $max } dates
    }
set-up = Set up
new-link = New link
kind = Kind
kind-group = Group
kind-mixed = Mixed
kind-individual = Individual
name-wrong = Please enter a name: a name has 1 to { $n } characters and no control characters.
this-link = This link
clients-can-book-here = Clients can book here
what-clients-can-book = What clients can book
with-member = with { $member }
earliest-hours = Earliest, hours before
latest-days = Latest, days ahead
multiple-event-booking = Multiple event booking
allow-multiple = Allow clients to book multiple events
how-many-at-once = How many events at once
dates-in-one-booking = Dates in one booking.
spots-are-set-in-rules = Spots per date are set in Branch rules.
with-one-no-book-another = With 1, clients see no Book another.
prepayment-is-on = Online prepayment is on for this branch, so clients book one date at a time.
contact-form = Contact form
off = off
on = on
optional = optional
required = required
consent-text = Consent text
phone-code = Clients confirm their phone number with a code
phone-code-hint = Before anything is booked, 6 digits reach them as a text message: one code for all dates.
phone-codes-not-set-up = Codes cannot be sent here yet: with this on, clients cannot book online.
choose-1-to-10 = Please choose a number from 1 to 10.
hours-0-to-8760 = Please enter a number of hours from 0 to 8760.
days-1-to-3650 = Please enter a number of days from 1 to 3650.
number-2-to-255 = Please enter a number from 2 to 255.
online-prepayment = Online prepayment
prepayment-hint = While it is on, clients book one date at a time. Links with Multiple event booking on: { $n }.
several-spots = Allow occupying multiple spots within one booking
up-to-per-date = up to, per date (2 to 255)
set-change-rules = Set cancellation and rescheduling rules
clients-can-cancel = Clients can cancel
clients-can-reschedule = Clients can reschedule
until-hours = until so many hours before the start
hours-hint = 0 is until it starts. This also counts for dates that are already booked.
reminders = Reminders
remind-clients = Remind clients of their dates
remind-hours = so many hours before the start
hours-1-to-8760 = Please enter a number of hours from 1 to 8760.
nobody-is-reminded = Messages are not set up here, so nobody is reminded yet.
same-client-twice = Same client twice in one event
refuse = refuse
allow = allow
the-studio = The studio
phone-to-call = Phone that clients are told to call
time-zone-hint = Dates that are planned keep their moment; only the clock by which they are shown changes.
line-please = Please enter up to 200 characters on one line.
time-zone-please = Please choose a time zone.
country-please = Please enter the two letters of a country, like DE.

## History of settings

history = History
changed-by = Changed by { $who }
who-staff = staff, not signed in
who-client = the client
who-import = an import
who-demonstration = the demonstration
change-was-now = { $what }: was { $was }, now { $is }
change-now = { $what }: { $is }
services = Services
team-members = Team members
earliest = Earliest
latest = Latest
time-zone = Time zone
country = Country for phone numbers
address = Address
multiple-spots = Multiple spots within one booking
yes = yes
no = no
all = all
none = none
of-kind =
    { $kind ->
        [individual] individual
        [group] group
       *[mixed] mixed
    }
the-start = the start
hours-before =
    { $n ->
        [one] { $n } hour before the start
       *[other] { $n } hours before the start
    }
minutes-before =
    { $n ->
        [one] { $n } minute before the start
       *[other] { $n } minutes before the start
    }
days-ahead =
    { $n ->
        [one] { $n } day ahead
       *[other] { $n } days ahead
    }
up-to-events =
    { $n ->
        [one] up to { $n } event
       *[other] up to { $n } events
    }
up-to-spots =
    { $n ->
        [one] up to { $n } spot
       *[other] up to { $n } spots
    }
yes-until = yes, until { $until }
no-until = no; if switched on, until { $until }
refused = refused
allowed = allowed

## A series

series-every =
    { $dow ->
        [1] Every Monday at { $time } for
        [2] Every Tuesday at { $time } for
        [3] Every Wednesday at { $time } for
        [4] Every Thursday at { $time } for
        [5] Every Friday at { $time } for
        [6] Every Saturday at { $time } for
       *[7] Every Sunday at { $time } for
    }
series-weeks = weeks
add = Add
series-added =
    { $n ->
        [one] { $n } date added.
       *[other] { $n } dates added.
    }
not-added-sold-out = { $date } is sold out and was not added.
not-added-too-few =
    { $n ->
        [one] { $date } has only { $n } spot left and was not added.
       *[other] { $date } has only { $n } spots left and was not added.
    }
not-added-closed = { $date } cannot be booked and was not added.

## What scripts say

dates-shown =
    { $n ->
        [one] { $n } date shown
       *[other] { $n } dates shown
    }
dates-shown-weekday = { $shown }, { $weekday }
selected-count = { $n } of { $max } selected
limit-reached = { $max } of { $max } selected. That is the most in one booking; clear one to choose another.
zone-ahead = , { $hours } ahead of you
zone-behind = , { $hours } behind you
one-spot-less = One spot less
one-spot-more = One spot more
spots-per-date =
    { $n ->
        [one] { $n } spot per date
       *[other] { $n } spots per date
    }
only-spots-on =
    { $n ->
        [one] Only { $n } spot is left on { $date }.
       *[other] Only { $n } spots are left on { $date }.
    }
booking-now = Booking…
booking-dates =
    { $n ->
        [one] Booking { $n } date
       *[other] Booking { $n } dates
    }
print = Print

## Looks of a link

colour = Colour
light-or-dark = Light or dark
language = Language
sites = Sites that may embed it
by-device = by device
light = light
dark = dark
by-browser = by browser
any-site = any
look-and-sites = Look and sites
sites-hint = Several sites stand on lines of their own. With none, any site may embed it.
colour-please = Please enter a colour like #0f6b5f, or leave it empty.
sites-please = Please enter addresses like https://studio.example, without a path.
deeper-shade = Links use a deeper shade, { $shade }, so that they stay readable.
put-on-site = Put it on your site
two-lines = Two lines for your page, with the address of your Cartwheel in the place of https://book.example:
two-lines-ready = Two lines for your page:
look-at-widget = Look at the widget

## The account

account-my = My appointments
account-sign-in = Sign in
account-by-text = We send a code by text message.
account-send-code = Send code
account-not-set-up = Signing in is not set up here yet.
account-enough-codes = No more codes are sent to this number today. Please try again tomorrow.
account-over = Please sign in again. Nothing was changed.
account-signed-out = You are signed out.
account-again = Please enter your number again.
account-enter-code = Enter the code
account-code = Code
account-six-digits = 6 digits
account-on-its-way = If { $phone } has booked here, a code is on its way.
account-new-code = Send a new code
account-other-number = Other number
account-type-six = Please enter the 6 digits of the message.
account-wrong-code =
    { $left ->
        [one] That code does not match. You have { $left } try left.
       *[other] That code does not match. You have { $left } tries left.
    }
account-ended-code = This code has ended; codes work for 10 minutes.
account-closed-code = For your safety this code is closed. Please ask for a new one.
account-wait =
    { $n ->
        [one] You can ask for a new code in { $n } second.
       *[other] You can ask for a new code in { $n } seconds.
    }
account-message = { $code } is your code for { $studio }. It works for 10 minutes. Nobody from the studio will ask you for it.
account-app = { $studio }: your appointments
account-sign-out = Sign out
account-nav = Account
account-upcoming = Upcoming
account-past = Past
account-none-upcoming = No upcoming dates.
account-none-past = No past dates.
account-membership = Membership:
account-visits-left =
    { $n ->
        [one] { $n } visit left
       *[other] { $n } visits left
    }
account-until = until { $date }
account-language = Language
account-speak = Change language
account-stored = What is stored about me
account-stored-here = This is what the studio keeps about you. The file holds the same.
account-download = Download
account-erase = Erase my data
account-erase-what = Your name, phone, e-mail and comments are destroyed, and you are signed out everywhere. What you booked stays with the studio without your name.
account-erase-dates =
    { $n ->
        [one] Your upcoming date is cancelled.
       *[other] Your { $n } upcoming dates are cancelled.
    }
account-erase-for-good = This cannot be undone.
account-keep = Keep my data
account-erased = Your data is erased.
account-links = Private addresses
account-links-what = Whoever has the address of one of your results, appointments or of your calendar can open it. Did one get into the wrong hands? End them all; here you still find everything.
account-end-links = End my private addresses
account-links-ended = Your private addresses are ended.
account-you = You
account-typed = What you typed when you booked
account-consent = You agreed to version { $version } of the privacy notice.
account-memberships = Memberships
account-sign-ins = Where you are signed in
account-since = A browser, since { $date }
account-feed-since = A private address, since { $date }
account-offline = You are offline
account-offline-text = Your dates are safe and appear when you are back.
account-mailbox = Development mailbox
account-mailbox-hint = Nothing here has left this machine. Whoever can open this page can sign in as anybody.
account-mailbox-empty = No messages yet.
account-text-to = Text message to { $to }

## Calendar feeds

feed-title = Calendar feed
feed-hint = A private address for your calendar app; it follows moves and cancellations.
feed-address = Address
copy-address = Copy address
copy-lines = Copy the lines
copied = Copied
feed-make = Make an address
feed-renew = Make a new address
feed-old-ends = The old one stops working.

## Catalogue and team

catalogue = Catalogue
team = Team
new-service = New service
price-per-visit = Price
currency = Currency
booking-with-membership = Booking with membership
paid-before-visit = Has to be paid online before the visit
add-service = Add service
new-team-member = New team member
feed-of-dates = Calendar feed of their dates
enter-name = Please enter a name.
enter-amount = Please enter an amount like 15 or 12.50.
enter-currency = Please enter a currency code like EUR.

## Import of a timetable

timetable = Timetable
timetable-import = Import a timetable
import-file = CSV file
import-columns = Columns: service, teacher, starts_local (like 2027-01-04T18:30), duration_minutes; if the file has them, also venue, teacher_id and status (available or unavailable).
import-times = Times in the file are read as clocks in { $city } show them.
import-capacity = Capacity of each event
import-first-week = The first week begins on
import-weeks = For so many weeks
import-adds = Importing again adds only what is missing. What you changed meanwhile stays as it is.
preview = Preview
choose-file = Please choose a CSV file.
file-too-large = This file is larger than 1 MB. Nothing was imported.
no-column = This file has no column { $column }. Nothing was imported.
not-csv = This file cannot be read as CSV. Nothing was imported.
other-venues = This file is of several venues ({ $venues }), and none of them is { $branch }. Nothing was imported.
too-many-events = This comes to { $n } events, and one import takes up to { $max }. Please choose fewer weeks.
date-please = Please enter a date.
weeks-1-to-104 = Please enter a number from 1 to 104.
import-events =
    { $n ->
        [one] { $n } event
       *[other] { $n } events
    }
import-new =
    { $n ->
        [one] { $n } new
       *[other] { $n } new
    }
import-there = { $n } already here
import-closed = { $n } closed to online booking
import-skipped =
    { $n ->
        [one] { $n } line skipped
       *[other] { $n } lines skipped
    }
line-note = Line { $line }: { $text }
more-lines =
    { $n ->
        [one] and { $n } more line
       *[other] and { $n } more lines
    }
line-fields = has { $has } fields instead of { $n }; skipped
line-not-utf8 = is not in UTF-8; skipped
line-empty = has nothing in the column { $column }; skipped
line-no-name = has something in the column { $column } that is too long or no plain text; skipped
line-status = says neither available nor unavailable but "{ $text }"; skipped
line-no-start = has no start like 2027-01-04T18:30 but "{ $text }"; skipped
line-no-minutes = has no number of minutes from 1 to 1440 but "{ $text }"; skipped
line-leaves-calendar = leaves the calendar; skipped
line-same-as = is the same event as line { $line }; skipped
line-other-venue = is of { $venue }; skipped
line-shifted = { $date } does not exist (clocks go forward); it becomes { $time }
import-nothing-new = Everything in this file is already here.
import-nothing = No line of this file can be imported.
import-these =
    { $n ->
        [one] Import { $n } event
       *[other] Import { $n } events
    }
other-file = Choose another file
preview-ended = This preview has ended. Please choose the file again.
import-running = { $done } of { $n } events are imported. You may leave this page; the import goes on.
import-stopped = The import stopped after { $done } of { $n } events. Nothing is lost, and nothing is added twice.
import-rest = Import the rest
show-progress = Show how far it is
imported =
    { $n ->
        [one] { $n } event imported.
       *[other] { $n } events imported.
    }
open-journal = Open the journal

## The audit

audit = Audit
audit-what = What
audit-everything = The whole branch
audit-kind-cart = Selection
audit-kind-activity = Event
audit-kind-appointment = Appointment
audit-kind-client = Client
audit-kind-link = Booking link
audit-kind-branch = Branch
audit-id = Id
audit-from = From
audit-to = To
audit-when = A position of the ledger, like 120, or a moment, like 2027-01-04T10:00:00Z. Of the whole branch, what changed between the two is shown.
audit-show = Show
audit-id-please = Please enter the id of what you look for.
audit-moment-please = Please enter a position, like 120, or a moment, like 2027-01-04T10:00:00Z.
audit-too-much = Too much happened in between. Please choose two places that are nearer to each other.
audit-nothing = Nothing is recorded of this.
audit-nothing-changed = Nothing was recorded in between.
audit-next = Next page
audit-state = As it stood at position { $n }
audit-difference = What changed from position { $from } to position { $to }
audit-more = Not listed, since there are too many: { $n }
audit-signed = The ledger was last signed on { $date }, at position { $n }, and still is as it was then.
audit-differs = The ledger is not as it was when it was signed on { $date }, at position { $n }: { $what }
audit-never-signed = The ledger was not signed yet.
audit-refusals = What was refused
audit-refusals-bounded = This is no part of the ledger. Refusals are kept for 7 days, the newest 5,000 of them, and not all if there are very many at once.
audit-no-refusals = Nothing was refused lately.
fact-branch-opened = The branch { $name } was opened.
fact-details-set = The details of the branch were set.
fact-rules-set = The rules of the branch were set.
fact-service-added = The service { $name } was added.
fact-service-set = The service { $name } was set.
fact-member-added = { $name } joined the team.
fact-member-renamed = A team member is called { $name } now.
fact-link-created = The booking link was created.
fact-link-set-up = The booking link was set up anew.
fact-link-dressed = The looks of the booking link were set.
fact-cart-opened = A selection was begun.
fact-selection-made = The selection was set. Events: { $n }.
fact-spots-set = The spots of one event were set. Spots: { $n }.
fact-confirmed = Everything was confirmed at once. Events: { $n }.
fact-items-refused = Not everything could be booked. Events: { $n }.
fact-booked = Booked for { $date }. Spots: { $n }.
fact-cancelled-by-client = Cancelled by the client.
fact-cancelled-by-staff = Cancelled by staff.
fact-cancelled-by-studio = Cancelled by the studio, with the event.
fact-rescheduled = Moved from { $was } to { $date }.
fact-spots-reduced = Fewer spots: { $n } instead of { $was }.
fact-appointment-moved = The studio moved the event to { $date }.
fact-arrived = The client arrived.
fact-no-show = The client did not come.
fact-attendance-taken-back = The note on attendance was taken back.
fact-membership-granted = The membership { $name } was granted.

## Integrations

integrations = Integrations
webhooks = Webhooks
webhooks-are = Whenever something is booked or changed, these addresses are told, with a signature and without names or numbers of clients.
no-webhooks-yet = No webhooks yet.
new-webhook = New webhook
webhook-address = Address
add-webhook = Add webhook
webhook = Set up webhook
webhook-everything = Everything
webhook-kinds =
    { $n ->
        [one] { $n } kind of fact
       *[other] { $n } kinds of facts
    }
webhook-on = On.
webhook-off = Switched off.
webhook-failing = On, but nothing has arrived since { $date }. It is tried again for three days.
webhook-gone = Switched off on { $date }: it answered that it is gone.
webhook-gave-up = Switched off on { $date }: for three days, nothing arrived there.
webhook-secret = Secret
webhook-secret-shown = Shown until { $time }. Please keep it where signatures are verified.
webhook-copy-secret = Copy the secret
webhook-active = Send to this address
webhook-what = What is sent
webhook-all = Everything, also what later versions add
webhook-only = Only what is ticked
facts-appointment = Appointments
facts-cart = Selections
facts-activity = Events
facts-membership = Memberships
facts-client = Clients
facts-link = Booking links
facts-branch = Branch
webhook-send-test = Send a test event
webhook-test-sent = A test event is on its way.
webhook-new-secret = Make a new secret
webhook-overlap = For 24 hours, the old secret signs as well.
webhook-old-secret = The old secret signs as well until { $date }.
webhook-delete = Delete webhook
webhook-delete-title = Delete this webhook?
webhook-delete-means = What is still waiting for it is not sent any more.
webhook-deleted = The webhook is deleted.
webhook-deliveries = What was sent in the last 30 days
webhook-no-deliveries = Nothing was sent yet.
delivery-waiting = Waiting, next attempt on { $date }
delivery-delivered = Arrived
delivery-failed = Did not arrive
delivery-dropped = Not sent any more
outcome-delivered = taken with { $status }
outcome-status = answered with { $status }
outcome-gone = answered with { $status }, it is gone
outcome-timed-out = no answer within 10 seconds
outcome-no-connection = not connected, or the connection broke
outcome-no-such-name = nobody knows where this name is
outcome-private-address = not called, it is not reached over the internet
outcome-switched-off = not called, it is switched off
outcome-not-sent = not sent
milliseconds = { $n } ms
webhook-send-again = Send again
webhook-sent-again = It is on its way again.
webhook-older = Show older ones
webhook-too-many = Nothing was saved: a branch has up to 20 webhooks.
webhook-url-wrong = Please enter an address like https://example.org/hooks.
webhook-url-https = The address has to begin with https://.
webhook-url-private = This address is not reached over the internet. Please enter another one.
webhook-types-none = Please tick at least one kind, or choose everything.

## Messages

letter-greeting = Hello { $name },
letter-booked = { $title }: { $what }
letter-open-date = See or change this date
letter-open-all = All dates
letter-call = Questions? Please call { $phone }.
letter-cancelled = Cancelled: { $what }, { $date }
letter-you-cancelled = { $what } on { $date } is cancelled, as you asked.
letter-studio-cancelled = We had to cancel { $what } on { $date }.
letter-moved = New date: { $what }, { $date }
letter-studio-moved = We had to move { $what } from { $was } to { $date }.
letter-rescheduled = { $what } is moved from { $was } to { $date }.
letter-now-with = Now with { $member }: { $service }, { $date }
letter-replaced = { $service } on { $date } is now with { $member } instead of { $before }.
letter-reminder = Reminder: { $what }, { $date }
letter-remind = We look forward to seeing you: { $what } on { $date }.
account-mail-to = E-mail to { $to }
mailbox-invitations =
    { $n ->
        [one] with { $n } date for a calendar
       *[other] with { $n } dates for a calendar
    }

## Signing in as staff

staff-login = Login or e-mail
staff-password = Password
staff-wrong = This login and this password do not match.
staff-begin-again = Please type your password once more.
staff-password-set = Your password is set. Please sign in.
staff-other-login = Another login
staff-code-hint = 6 digits from your app, or one of your codes on paper.
staff-wrong-code = This code does not match, or was used already.
staff-code-closed =
    { $n ->
        [one] Too many codes were tried. Please try again in { $n } minute.
       *[other] Too many codes were tried. Please try again in { $n } minutes.
    }
staff-not-yet-title = Nobody can sign in yet
staff-not-yet = Whoever runs this service makes the first owner of a studio with this command:
staff-until-owner = Anybody at this machine can use these pages until there is an owner, made with
staff-you-are = You work as: { $name }, { $role }
staff-choose-password = Choose a password
staff-for-login = You sign in as { $login }.
staff-new-password = New password
staff-password-hint = 12 letters or more. Several words are easy to remember.
staff-password-short = Please choose a password of 12 to 200 letters, not all the same.
staff-save-password = Save password
staff-your-studios = Your studios
staff-no-studio = You work in no studio at this moment.
staff-my-sign-in = My sign-in
staff-current-password = Current password
staff-wrong-password = This is not your current password.
staff-change-password = Change password
staff-password-changed = Your password is changed. Everywhere else you are signed out.
staff-second-factor = Second factor
staff-second-off = It is off. With it, signing in also asks for a code from an app on your phone.
staff-second-on =
    { $n ->
        [one] It is on. You have { $n } code on paper left.
       *[other] It is on. You have { $n } codes on paper left.
    }
staff-second-is-off = The second factor is off.
staff-second-begin = Set it up
staff-second-scan = Scan this with an app for codes, or type the key into it. Then type the code that the app shows.
staff-second-picture = Picture of the key, for an app
staff-second-key = Key
staff-second-open-app = Open in an app on this device
staff-second-switch-on = Switch on
staff-second-switch-off = Switch off
staff-second-wrong = This code does not match. Please type the one that the app shows now, and check the clock of your phone.
staff-codes-title = Your codes on paper
staff-codes-text = The second factor is on. Each of these codes works once in place of the app. They are not shown again.
staff-codes-kept = I wrote them down
staff-sessions = Where you are signed in as staff
staff-session-since = since { $since }, last here { $seen }
staff-this-browser = this browser
staff-end-session = Sign out there
staff-end-others = Sign out everywhere else
staff-sessions-ended = You are signed out there.
not-allowed-title = Not part of your role
not-allowed = What you are in this studio does not include this. Nothing was changed.
who-former-staff = a former member of staff
by-somebody = by { $name }
by-former-staff = by a former member of staff
role-owner = Owner
role-manager = Manager
role-front-desk = Front desk
role-auditor = Auditor
role-owner-may = does everything here, and says who works here
role-manager-may = plans events and sets the studio up
role-front-desk-may = books, moves and cancels for clients, and notes who came
role-auditor-may = reads everything and changes nothing
staff-role = Role
staff-roles = What roles may do
staff-invited = has not chosen a password yet
staff-new-link = New link
staff-remove = Remove
staff-add = Add somebody
staff-link = Link to choose a password with
staff-link-hint = Give it to this person alone. It works once, for 7 days, and is not shown again.
staff-role-set = The role is changed. They sign in anew.
staff-removed = They do not work here any more, and are signed out.
staff-known = They sign in as before, and work here now too.
staff-login-wrong = A login has 2 to 100 letters, digits and signs, without blanks.
staff-already = Somebody with this login works here already.
staff-unknown = This person does not work here.
staff-last-owner = A studio keeps at least one owner. Please make somebody else an owner first.
staff-elsewhere = This person works in other studios too. Whoever runs the service can help them.
tokens = API tokens
tokens-hint = Your own programs show one to the API. Each works for this studio alone.
tokens-none = There are no tokens yet.
token-new = New token
token-scope = It may
scope-read = read everything
scope-book = read, and change appointments
scope-settings = read, and change appointments, events and settings
token-days = Days until it ends
token-days-wrong = Please enter 1 to 730 days.
token-make = Make a token
token-made = The new token
token-made-hint = Copy it now. It is not shown again.
token-copy = Copy token
token-until = until { $date }
token-ended-at = ended { $date }
token-revoked-at = revoked { $date }
token-used-at = last used { $date }
token-never-used = never used
token-revoke = Revoke
token-revoked = The token is revoked and opens nothing any more.
