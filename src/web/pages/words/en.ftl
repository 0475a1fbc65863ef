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

## What was booked

booked-title =
    { $n ->
        [one] Your date is booked
       *[other] { $n } dates are booked
    }
partly-booked = { $n } of { $max } dates are booked

## Staff

skip-to-content = Skip to content
staff = Staff
staff-not-signed-in = You work as: staff, not signed in
journal = Journal
booking-links = Booking links
branch-rules = Branch rules

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
not-sure-yet = We are not sure yet
not-sure-booking-arrived = We could not see whether your booking arrived. Check again: it cannot book anything twice.
check-again = Check again
print = Print

## The account

account-my = My appointments
account-new-tab = (opens in a new tab)
account-problem = Problem:
account-sign-in = Sign in
account-phone = Phone
account-by-text = We send a code by text message.
account-send-code = Send code
account-not-set-up = Signing in is not set up here yet.
account-type-phone = Please enter a phone number, like 030 23125 014 or +49 30 23125 014.
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
account-title = Your appointments
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
account-you = You
account-name = Name
account-email = E-mail
account-comment = Comment
account-typed = What you typed when you booked
account-consent = You agreed to version { $version } of the privacy notice.
account-memberships = Memberships
account-sign-ins = Where you are signed in
account-since = A browser, since { $date }
account-offline = You are offline
account-offline-text = Your dates are safe and appear when you are back.
account-try-again = Try again
