## Numbers and dates

today = Heute, { $date }
from-to = { $date }, { $from } bis { $to }
spots-left =
    { $n ->
        [one] { $n } Platz frei
       *[other] { $n } Plätze frei
    }
sold-out = Ausgebucht
dates-count =
    { $n ->
        [one] { $n } Termin
       *[other] { $n } Termine
    }
spots-count =
    { $n ->
        [one] { $n } Platz
       *[other] { $n } Plätze
    }
spots-taken = { $n } von { $max } belegt
notice-hours =
    { $n ->
        [one] bis { $n } Stunde vor Beginn
       *[other] bis { $n } Stunden vor Beginn
    }
weekday-only =
    { $dow ->
        [1] Nur montags
        [2] Nur dienstags
        [3] Nur mittwochs
        [4] Nur donnerstags
        [5] Nur freitags
        [6] Nur samstags
       *[7] Nur sonntags
    }
show-only =
    { $dow ->
        [1] nur Montage zeigen
        [2] nur Dienstage zeigen
        [3] nur Mittwoche zeigen
        [4] nur Donnerstage zeigen
        [5] nur Freitage zeigen
        [6] nur Samstage zeigen
       *[7] nur Sonntage zeigen
    }
none-free =
    { $dow ->
        [1] Montags ist nichts frei.
        [2] Dienstags ist nichts frei.
        [3] Mittwochs ist nichts frei.
        [4] Donnerstags ist nichts frei.
        [5] Freitags ist nichts frei.
        [6] Samstags ist nichts frei.
       *[7] Sonntags ist nichts frei.
    }
price =
    { $paid ->
        [online] { $amount }, online bezahlt
       *[studio] { $amount } vor Ort
    }
price-per-spot =
    { $paid ->
        [online] { $amount } pro Platz, online bezahlt
       *[studio] { $amount } pro Platz vor Ort
    }
membership = Mitgliedschaft
minutes =
    { $n ->
        [one] { $n } Minute
       *[other] { $n } Minuten
    }
service-with = { $service } mit { $member }
times-in = Uhrzeiten in { $city }
time-to = { $from } bis { $to }
service-with-on = { $service } mit { $member }, { $date }

## The list of events

book-an-event = Termin buchen
page-closed = Diese Buchungsseite ist geschlossen.
no-events-on-page = Auf dieser Seite werden keine Termine gebucht.
service = Angebot
all-services = Alle Angebote
team-member = Kursleitung
all-team-members = Alle Kursleitungen
from = Ab
show = Anzeigen
clear-filters = Filter zurücksetzen
no-events = Keine Termine für diese Auswahl.
no-events-for = Keine Termine für { $service }.
no-events-with = Keine Termine mit { $member }.
no-events-for-with = Keine Termine für { $service } mit { $member }.
nothing-bookable = Zurzeit gibt es keine Termine zu buchen.
new-dates-appear = Neue Termine erscheinen hier, sobald das Studio sie veröffentlicht.
all-sold-out = Alle gezeigten Termine sind ausgebucht.
show-more = Mehr Termine zeigen
show-later = Spätere Termine zeigen

## Around every page

questions = Fragen?
problems-title =
    { $n ->
        [one] Es gibt ein Problem
       *[other] Es gibt { $n } Probleme
    }
try-again-in =
    { $n ->
        [one] Bitte versuchen Sie es in { $n } Sekunde noch einmal.
       *[other] Bitte versuchen Sie es in { $n } Sekunden noch einmal.
    }
problem = Problem: { $title }
see-all-events = Alle Termine ansehen
new-tab = (öffnet einen neuen Tab)
please-call =
    { $phone ->
        [none] Bitte rufen Sie das Studio an.
       *[given] Bitte rufen Sie das Studio an: { $phone }.
    }

## Choosing

choose-up-to =
    { $max ->
        [one] Sie können { $max } Termin wählen.
       *[other] Sie können bis zu { $max } Termine wählen.
    }
too-many-selected =
    { $max ->
        [one] Eine Buchung umfasst { $max } Termin, angekreuzt sind { $n }. Bitte entfernen Sie { $over }.
       *[other] Eine Buchung umfasst bis zu { $max } Termine, angekreuzt sind { $n }. Bitte entfernen Sie { $over }.
    }
not-listed-sold-out =
    { $n ->
        [one] { $n } Termin ist ausgebucht und nicht aufgeführt.
       *[other] { $n } Termine sind ausgebucht und nicht aufgeführt.
    }
not-listed-too-few =
    { $n ->
        [one] { $n } Termin hat weniger als { $spots } freie Plätze und ist nicht aufgeführt.
       *[other] { $n } Termine haben weniger als { $spots } freie Plätze und sind nicht aufgeführt.
    }
only-left =
    { $n ->
        [one] Am { $date } ist nur noch { $n } Platz frei, gewünscht sind { $asked }.
       *[other] Am { $date } sind nur noch { $n } Plätze frei, gewünscht sind { $asked }.
    }
take-spots =
    { $n ->
        [one] { $n } Platz nehmen
       *[other] { $n } Plätze nehmen
    }
all-events = Alle Termine
skip-to-continue = Zu „Weiter“ springen
your-date = Ihr Termin
date-sold-out = { $date } ist ausgebucht.
spots = Plätze
spots-hint = Für mehrere Personen unter einer Telefonnummer.
each-hint = Für jeden Termin eine eigene Platzzahl.
same-for-all = Gleich für alle Termine
different-per-date = Je Termin eine andere Zahl
book-another = Weitere Termine buchen
show-all-weekdays = Alle Wochentage zeigen
more-dates-for = Weitere Termine: { $service } mit { $member }. Tippen Sie auf ein Datum, um nur diesen Wochentag zu sehen.
view-all-dates = Alle Termine zeigen
show-n-more = { $n } weitere zeigen
show-fewer-dates = Weniger Termine zeigen
also-selected = Außerdem gewählt
separate-booking = Für eine andere Kursleitung oder ein anderes Angebot buchen Sie bitte getrennt.
continue = Weiter
for-date = für { $date }
on-date = am { $date }
clear-this-date = Diesen Termin entfernen
since-sold-out = Seit Ihrer Auswahl ausgebucht
moved-now = Verschoben auf { $date }
cancelled-by-studio = Vom Studio abgesagt
booking-has-closed = Buchung geschlossen
already-yours = Diesen Termin haben Sie bereits
not-offered = Nicht mehr angeboten
clear-sold-out = { $date } ist ausgebucht. Bitte entfernen Sie den Termin, um fortzufahren.
clear-cancelled = { $date } wurde vom Studio abgesagt. Bitte entfernen Sie den Termin, um fortzufahren.
clear-closed = { $date } ist nicht mehr buchbar. Bitte entfernen Sie den Termin, um fortzufahren.
clear-already-yours = Den Termin am { $date } haben Sie bereits. Bitte entfernen Sie ihn, um fortzufahren.
clear-not-offered = { $date } wird nicht mehr angeboten. Bitte entfernen Sie den Termin, um fortzufahren.
mixed-selection = Eine Buchung gilt für eine Kursleitung und ein Angebot. Bitte buchen Sie die anderen Termine getrennt.
nothing-ticked = Es ist kein Termin gewählt. Bitte kreuzen Sie mindestens einen an, um fortzufahren.
most-spots-per-date =
    { $max ->
        [one] Eine Buchung umfasst { $max } Platz je Termin.
       *[other] Eine Buchung umfasst bis zu { $max } Plätze je Termin.
    }
date-gone-title = Dieser Termin wird nicht mehr angeboten
date-gone = Dieser Termin wird nicht mehr angeboten.

## Confirming

nothing-if-one-full =
    { $n ->
        [one] Ist der Termin voll, wird nichts gebucht.
       *[other] Ist einer der Termine voll, wird nichts gebucht.
    }
race-lost =
    { $n ->
        [one] Noch ist nichts gebucht: { $date } wurde gerade eben voll.
       *[other] Noch ist nichts gebucht: { $n } Termine wurden gerade eben voll.
    }
book-the-others =
    { $n ->
        [one] Den anderen Termin buchen
       *[other] Die anderen { $n } Termine buchen
    }
your-details = Ihre Angaben
confirm-booking = Buchung bestätigen
your-selection = Ihre Auswahl
cancel-until = online absagen bis { $date }
cancelling-has-closed = Dieser Termin kann nicht mehr online abgesagt werden.
in-all = { $dates }, insgesamt { $spots }
call-to-change =
    { $phone ->
        [none] Um einen Termin abzusagen oder zu verschieben, rufen Sie bitte das Studio an.
       *[given] Um einen Termin abzusagen oder zu verschieben, rufen Sie bitte das Studio an: { $phone }.
    }
change-selection = Auswahl ändern
contact-details = Kontaktdaten
name = Name
phone = Telefon
phone-hint = Für Nachrichten zu Ihren Terminen.
email = E-Mail
email-optional = E-Mail (freiwillig)
comment = Kommentar
comment-optional = Kommentar (freiwillig)
book-with-membership = Mit Mitgliedschaft buchen
needs-membership = Für { $service } ist eine Mitgliedschaft nötig. Wir finden sie über Ihre Telefonnummer.
please-name = Bitte geben Sie einen Namen ein.
please-phone = Bitte geben Sie eine Telefonnummer ein, etwa 030 23125 014 oder +49 30 23125 014.
please-email = Bitte geben Sie eine E-Mail-Adresse ein; das Studio bittet darum.
email-incomplete = Diese E-Mail-Adresse ist offenbar unvollständig.
shorten-comment = Bitte kürzen Sie den Kommentar auf 2000 Zeichen.
please-comment = Bitte schreiben Sie einen Kommentar; das Studio bittet darum.
please-check = Bitte prüfen Sie diese Angabe.
please-agree = Bitte stimmen Sie dem Datenschutzhinweis zu, um zu buchen.
code-sent = Wir haben 6 Ziffern an { $phone } gesendet.
code-sent-again = Wir haben neue 6 Ziffern an { $phone } gesendet; die vorigen gelten nicht mehr.
nothing-booked-yet = Noch ist nichts gebucht.
change-number = Nummer ändern
code-message = { $code } ist Ihr Code, um Ihre Buchung bei { $studio } zu bestätigen. Er gilt 10 Minuten. Niemand vom Studio wird Sie danach fragen.

## What was booked

booked-title =
    { $n ->
        [one] Ihr Termin ist gebucht
       *[other] { $n } Termine sind gebucht
    }
partly-booked = { $n } von { $max } Terminen sind gebucht
none-booked = Es ist kein Termin mehr gebucht
your-appointments = Ihre Termine
not-booked = Nicht gebucht – { $dates }.
not-booked-date = { $date }: { $why }
why-sold-out = ausgebucht
see-other-dates = Andere Termine ansehen
all-in-one-file = Alle Termine in einer Kalenderdatei
book-something-else = Etwas anderes buchen
each-stands-alone = Jeder Termin steht für sich: Ändern Sie einen, bleiben die anderen, wie sie sind.
keep-address = Behalten Sie diese Adresse für sich: Sie öffnet Ihre Termine.
result-mail-on-its-way = Die Angaben sind auch an { $address } unterwegs.
result-mailed = Die Angaben gingen auch an { $address }.
result-text-on-its-way = Die Angaben sind auch als SMS unterwegs.
result-texted = Die Angaben gingen auch als SMS an Sie.

## Why nothing was booked

not-booked-because = Noch ist nichts gebucht: { $why }.
something-changed = Noch ist nichts gebucht: Inzwischen hat sich etwas geändert.
is-now = { $was } ist jetzt { $is }.
takes-now =
    { $max ->
        [one] Eine Buchung umfasst jetzt nur { $max } Termin; gewählt sind { $n }.
       *[other] Eine Buchung umfasst jetzt bis zu { $max } Termine; gewählt sind { $n }.
    }
prepayment-now = Das Studio nimmt jetzt Zahlungen online an, deshalb werden Termine einzeln gebucht.
consent-now = Der Datenschutzhinweis wurde geändert; bitte lesen Sie ihn und stimmen Sie erneut zu.
no-date-selected = Es ist kein Termin gewählt.
choose-dates = Termine wählen
choose-another-date = Anderen Termin wählen
choose-again = Diese Termine noch einmal wählen
selection-expired = Diese Auswahl ist abgelaufen. Es wurde nichts gebucht. Eine Auswahl bleibt 24 Stunden offen.
selection-edited = Diese Auswahl ist beendet. Es wurde nichts gebucht. Sie wurde sehr oft geändert.
not-booked-page-closed = Noch ist nichts gebucht: Diese Buchungsseite ist geschlossen.
not-booked-enough-codes = Noch ist nichts gebucht: An diese Nummer werden heute keine weiteren Codes gesendet. Bitte versuchen Sie es morgen wieder.
not-booked-no-codes = Noch ist nichts gebucht: Dafür ist ein Code nötig, und im Moment kann keiner gesendet werden.
filled-up =
    { $n ->
        [one] { $date } wurde gerade eben voll.
       *[other] { $n } Termine wurden gerade eben voll.
    }
take-on =
    { $n ->
        [one] { $n } Platz am { $date } nehmen
       *[other] { $n } Plätze am { $date } nehmen
    }
not-booked-already-yours = Noch ist nichts gebucht: Den Termin am { $date } haben Sie bereits.
not-booked-cancelled = Noch ist nichts gebucht: Das Studio hat den Termin am { $date } abgesagt.
not-booked-most-spots =
    { $max ->
        [one] Noch ist nichts gebucht: Eine Buchung umfasst { $max } Platz je Termin.
       *[other] Noch ist nichts gebucht: Eine Buchung umfasst bis zu { $max } Plätze je Termin.
    }
not-booked-closed = Noch ist nichts gebucht: { $date } ist nicht mehr buchbar.
not-booked-membership = Noch ist nichts gebucht: Unter dieser Nummer haben wir keine Mitgliedschaft für { $service } gefunden.
book-without-membership = Ohne Mitgliedschaft buchen
take-instead = Stattdessen { $date } nehmen
take-instead-of = { $date } statt { $full } nehmen
line-sold-out = Ausgebucht.
line-left =
    { $n ->
        [one] { $n } Platz frei.
       *[other] { $n } Plätze frei.
    }
line-most-spots =
    { $max ->
        [one] Bis zu { $max } Platz.
       *[other] Bis zu { $max } Plätze.
    }
line-cancelled = Vom Studio abgesagt.
line-already-yours = Diesen Termin haben Sie bereits.
line-no-membership = Keine gültige Mitgliedschaft.
line-moved = Vom Studio verschoben.
line-closed = Buchung geschlossen.

## One appointment

status-booked = Gebucht
status-moved = Verschoben
status-past = Vorbei
status-cancelled = Abgesagt
reference = Buchungsnummer { $reference }
add-to-google = Zu Google Kalender hinzufügen
calendar-file = Kalenderdatei
reschedule = Verschieben
fewer-spots = Weniger Plätze
cancel = Absagen
was-date = Vorher { $date }.
now-with = Jetzt mit { $member }.
you-cancelled-on = Sie haben diesen Termin am { $date } abgesagt.
studio-cancelled-on = Das Studio hat diesen Termin am { $date } abgesagt.
date-over = Dieser Termin ist vorbei.
can-change-until =
    { $what ->
        [cancel] Online absagen können Sie bis { $date }.
       *[move] Online verschieben können Sie bis { $date }.
    }
changing-ended =
    { $what ->
        [cancel] Online absagen war bis { $date } möglich.
       *[move] Online verschieben war bis { $date } möglich.
    }
call-to-cancel =
    { $phone ->
        [none] Zum Absagen rufen Sie bitte das Studio an.
       *[given] Zum Absagen rufen Sie bitte das Studio an: { $phone }.
    }
call-to-move =
    { $phone ->
        [none] Zum Verschieben rufen Sie bitte das Studio an.
       *[given] Zum Verschieben rufen Sie bitte das Studio an: { $phone }.
    }
nothing-changed = Es wurde nichts geändert.
nothing-changed-because = Es wurde nichts geändert: { $why }.
not-changed-ended =
    { $what ->
        [cancel] Es wurde nichts geändert: Online absagen war bis { $date } möglich.
       *[move] Es wurde nichts geändert: Online verschieben war bis { $date } möglich.
    }
not-changed-off =
    { $what ->
        [cancel] Es wurde nichts geändert: Online absagen wird nicht angeboten.
       *[move] Es wurde nichts geändert: Online verschieben wird nicht angeboten.
    }
book-date-again = Diesen Termin noch einmal buchen
date-cancelled = Ihr Termin am { $date } ist abgesagt.
moved-to = Verschoben auf { $date }. Ihre bisherigen Plätze sind wieder frei.
you-keep =
    { $n ->
        [one] Sie behalten { $n } Platz am { $date }.
       *[other] Sie behalten { $n } Plätze am { $date }.
    }
cancel-date = Termin am { $date } absagen?
spots-become-free =
    { $n ->
        [one] Ihr Platz wird frei.
       *[other] Ihre { $n } Plätze werden frei.
    }
others-stay = Ihre anderen Termine bleiben gebucht.
cancel-this-date = Diesen Termin absagen
keep-it = Behalten
move-date = Termin am { $date } verschieben
no-other-fits = Zurzeit passt kein anderer Termin. Ihr Termin am { $date } bleibt bestehen.
new-date = Neuer Termin
move-to-this = Auf diesen Termin verschieben
choose-date-to-move = Bitte wählen Sie einen neuen Termin.
still-have = Ihr Termin am { $date } bleibt bestehen.
that-date = Dieser Termin
does-not-fit = { $date } passt nicht: { $why }.
already-have = Den Termin am { $date } haben Sie bereits.
membership-not-cover = Ihre Mitgliedschaft gilt nicht für den Termin am { $date }.
closed-for = { $date } ist nicht mehr buchbar.
keep-how-many = Wie viele Plätze behalten Sie?
of-spots = von { $n }
keep-these = Diese Plätze behalten
keep-all = Alle behalten
enter-spots-kept = Bitte geben Sie an, wie viele Plätze Sie behalten.

## When a page could not be made

no-connection = Keine Verbindung
nothing-was-booked = Es wurde nichts gebucht. Was Sie ausgewählt und eingegeben haben, ist noch da.
not-sure = Wir sind noch nicht sicher
unsure-booking = Wir konnten nicht sehen, ob Ihre Buchung angekommen ist. Prüfen Sie es noch einmal: Doppelt gebucht wird dabei nichts.
unsure-change = Wir konnten nicht sehen, ob Ihre Änderung angekommen ist. Prüfen Sie es noch einmal: Doppelt geändert wird nichts.
check-again = Noch einmal prüfen
very-busy = Gerade ist sehr viel los
not-taken-in = Dieser Schritt wurde nicht angenommen, also wurde nichts geändert.
one-moment = Einen Moment, bitte
many-requests = Von Ihrem Anschluss kamen viele Anfragen. Es wurde nichts geändert.
try-again = Noch einmal versuchen
opens-nothing = Unter dieser Adresse ist nichts zu finden
cut-off = Vielleicht ist sie unvollständig oder abgelaufen.
ask-the-studio = Bitte fragen Sie im Studio nach.
ask-or-sign-in = Bitte fragen Sie im Studio nach, oder melden Sie sich mit Ihrer Telefonnummer an.
open-on-its-own = Bitte öffnen Sie diese Seite für sich
framed = Die umgebende Website lässt diese Seite keine Formulare senden. Es wurde nichts gebucht.
open-in-new-tab = In neuem Tab öffnen
did-not-work = Das hat nicht geklappt
back = Zurück
our-side = Bei uns ist etwas schiefgegangen
tell-the-number = Es wurde nichts geändert. Falls es noch einmal geschieht, nennen Sie dem Studio bitte diese Nummer: { $request }.
request-number = Anfrage { $request }
why-too-large = Das Formular ist zu groß
why-broke-off = Die Anfrage wurde unterbrochen

## Why a rule said no, as it stands after a colon

refused-no-such =
    { $what ->
        [appointment] Diesen Termin gibt es nicht
        [booking-link] Diesen Buchungslink gibt es nicht
        [branch] Diese Filiale gibt es nicht
        [cart] Diese Auswahl gibt es nicht
        [event] Diesen Termin gibt es nicht
        [service] Dieses Angebot gibt es nicht
        [team-member] Diese Kursleitung gibt es nicht
       *[thing] Das gibt es nicht
    }
refused-stale = Das wurde inzwischen geändert; jetzt gilt Fassung { $version }
refused-key-reused = Dieser Idempotenzschlüssel gehört zu einer anderen Anfrage
refused-no-such-time = Diese Uhrzeit wird bei der Zeitumstellung übersprungen; benachbart sind { $earlier } und { $later }
refused-not-booked = Es ist nichts gebucht, weil nicht jeder Termin buchbar ist
obstacle-not-enough-spots =
    { $left ->
        [one] { $left } Platz ist frei, gewünscht sind { $asked }
       *[other] { $left } Plätze sind frei, gewünscht sind { $asked }
    }
obstacle-activity-cancelled = Das Studio hat diesen Termin abgesagt
obstacle-booking-closed = Dieser Termin ist online nicht buchbar
obstacle-already-started = Dieser Termin hat schon begonnen
obstacle-too-soon = Dieser Termin beginnt zu bald, um online gebucht zu werden
obstacle-too-far-ahead = Dieser Termin liegt zu weit in der Zukunft, um online gebucht zu werden
obstacle-not-offered = Dieser Termin wird hier nicht angeboten
obstacle-activity-moved = Dieser Termin wurde verschoben
obstacle-already-booked = Dieser Termin ist für die Person bereits gebucht
obstacle-no-membership = Für diesen Termin gilt keine Mitgliedschaft
obstacle-too-many-spots =
    { $max ->
        [one] Eine Buchung umfasst { $max } Platz je Termin
       *[other] Eine Buchung umfasst bis zu { $max } Plätze je Termin
    }
cart-not-found = Diese Auswahl gibt es nicht
cart-not-confirmed = Diese Auswahl ist noch offen
cart-different-team-members = Alle Termine einer Buchung haben dieselbe Kursleitung
cart-different-services = Alle Termine einer Buchung gehören zum selben Angebot
cart-too-many-events =
    { $max ->
        [one] Es kann nur { $max } Termin auf einmal gebucht werden
       *[other] Es können höchstens { $max } Termine auf einmal gebucht werden
    }
cart-prepayment-enabled = Solange online im Voraus bezahlt wird, werden Termine einzeln gebucht
cart-prepayment-required = Ein Termin mit Vorauszahlung wird einzeln gebucht
cart-not-selected = Dieser Termin ist nicht gewählt
cart-nothing-selected = Es ist kein Termin gewählt
cart-already-confirmed = Diese Auswahl ist bereits bestätigt
cart-expired = Diese Auswahl ist abgelaufen; eine Auswahl bleibt 24 Stunden offen
cart-too-many-edits = Diese Auswahl wurde sehr oft geändert und ist beendet
cart-link-closed = Diese Buchungsseite ist geschlossen
cart-consent-missing = Bitte stimmen Sie den Bedingungen des Studios zu
cart-consent-changed = Die Bedingungen des Studios wurden geändert; bitte stimmen Sie erneut zu
cart-email-missing = Dieser Link bittet um eine E-Mail-Adresse
cart-comment-missing = Dieser Link bittet um einen Kommentar
cart-phone-code-needed = Die Telefonnummer muss mit einem Code bestätigt werden
cart-items-refused =
    { $n ->
        [one] { $n } der Termine kann nicht gebucht werden
       *[other] { $n } der Termine können nicht gebucht werden
    }
activity-already-scheduled = Dieser Termin wurde anders angelegt
activity-capacity-below-taken =
    { $n ->
        [one] { $n } Platz ist bereits belegt
       *[other] { $n } Plätze sind bereits belegt
    }
appointment-already-booked = Dieser Termin wurde anders gebucht
appointment-cancelled = Dieser Termin ist abgesagt
appointment-changing-off =
    { $what ->
        [cancel] Online absagen wird hier nicht angeboten, bitte rufen Sie das Studio an
       *[move] Online verschieben wird hier nicht angeboten, bitte rufen Sie das Studio an
    }
appointment-changing-ended =
    { $what ->
        [cancel] Online absagen war bis { $date } möglich
       *[move] Online verschieben war bis { $date } möglich
    }
appointment-different-team-members = Ein Termin wird nur zu einem mit derselben Kursleitung verschoben
appointment-different-services = Ein Termin wird nur zu einem desselben Angebots verschoben
appointment-not-fewer-spots =
    { $n ->
        [one] Dieser Termin hat { $n } Platz; behalten kann man weniger, nicht mehr
       *[other] Dieser Termin hat { $n } Plätze; behalten kann man weniger, nicht mehr
    }
branch-already-open = Diese Filiale gibt es bereits
link-already-created = Diesen Buchungslink gibt es bereits
link-not-for-individual-links = Einzellinks buchen einen Termin auf einmal
link-consent-empty = Ein Einwilligungstext darf nicht leer sein; lassen Sie ihn weg, um keinen zu zeigen
membership-already-granted = Diese Mitgliedschaft wurde zu anderen Bedingungen erteilt
client-erased = diese Person gibt es hier nicht mehr
client-upcoming-appointments =
    { $n ->
        [one] { $n } Buchung steht noch bevor; sie wird im selben Schritt storniert, wenn das verlangt wird
       *[other] { $n } Buchungen stehen noch bevor; sie werden im selben Schritt storniert, wenn das verlangt wird
    }

## Staff

skip-to-content = Zum Inhalt springen
staff = Team
staff-not-signed-in = Sie arbeiten als: Team, nicht angemeldet
journal = Terminbuch
booking-links = Buchungslinks
branch-rules = Regeln der Filiale
changed-meanwhile = Jemand hat das inzwischen geändert, deshalb wurde Ihre Änderung nicht gespeichert.
journal-of = Terminbuch, { $date }
day-before = Tag davor
show-today = Heute
day-after = Tag danach
schedule = Tagesplan
no-events-on-day = An diesem Tag gibt es keine Termine.
next-day-with-events = Nächster Tag mit Terminen
not-bookable-online = nicht online buchbar
event-cancelled = Abgesagt
spots-taken-over = { $n } von { $max } belegt, { $over } zu viel
spots-taken-full = { $n } von { $max } belegt, voll
counts-and-free = { $counts }, { $n } frei
no-bookings-yet = Noch keine Buchungen.
move = Verschieben
move-to = Verschieben auf
move-target = { $date }, { $service }, { $member }, { $n } frei
overbook = Absichtlich überbuchen
erased-client = Gelöschte Person
cancelled-by-client = Vom Kunden abgesagt
appointment-was-cancelled = Der Termin ist abgesagt.
appointment-was-moved = Der Termin wurde verschoben.

## The journal

view-day = Tag
view-week = Woche
week-before = Woche davor
week-after = Woche danach
journal-week = Terminbuch, Woche ab { $date }
no-events-in-week = In dieser Woche gibt es keine Termine.
name-or-phone = Name oder Telefon
search = Suchen
nobody-found = Niemand gefunden. Versuchen Sie einen Teil des Namens oder die letzten Ziffern der Telefonnummer.
showing-first = { $n } werden gezeigt. Tippen Sie mehr, um einzugrenzen.
appointments-for =
    { $n ->
        [one] { $n } Termin zu { $who }
       *[other] { $n } Termine zu { $who }
    }
new-bookings =
    { $n ->
        [one] { $n } neue Buchung
       *[other] { $n } neue Buchungen
    }
live-at = Aktuell, { $time }
live-paused = Seit { $time } wird nicht mehr aktualisiert.
reload = Neu laden
drag-where = Dort ablegen, wo es stattfinden soll
book-for-client = Für jemanden buchen
event = Termin
capacity = Plätze insgesamt
move-event = Termin verschieben
cancel-event = Termin absagen
replace-team-member = Vertretung einsetzen
close-online-booking = Online-Buchung schließen
open-online-booking = Online-Buchung öffnen
event-was-cancelled = Dieser Termin ist abgesagt.
appointments = Buchungen
attendance = Anwesenheit
change = Ändern
arrived = Erschienen
no-show = Nicht erschienen
booked-together-with = zusammen gebucht mit { $dates } (nicht verknüpft)
spots-were-reduced = Die Buchung hat jetzt weniger Plätze.
event-was-changed = Der Termin wurde geändert.
theirs = Die andere Änderung, gespeichert
yours = Ihre, nicht gespeichert
save-mine = Meine speichern
keep-theirs = Die andere behalten
save-anyway = Trotzdem speichern
clients-affected =
    { $n ->
        [one] { $n } Person ist betroffen.
       *[other] { $n } Personen sind betroffen.
    }
cannot-be-reached =
    { $n ->
        [one] { $n } davon ist nicht erreichbar.
       *[other] { $n } davon sind nicht erreichbar.
    }
please-tell-them = Es wird keine Nachricht verschickt: bitte sagen Sie ihnen Bescheid.
messages-tell-them = Sie erfahren es per E-Mail oder SMS.
please-tell-others =
    { $n ->
        [one] { $n } Person erreicht keine Nachricht: bitte selbst Bescheid sagen.
       *[other] { $n } Personen erreicht keine Nachricht: bitte selbst Bescheid sagen.
    }
change-and-tell =
    { $n ->
        [one] { $change } und { $n } Person benachrichtigen
       *[other] { $change } und { $n } Personen benachrichtigen
    }
no-message = keine Nachricht
no-phone = nicht erreichbar
would-be-overbooked = { $taken } Plätze sind belegt. Mit { $capacity } ist der Termin um { $over } überbucht.
capacity-1-to-65535 = Bitte geben Sie eine Zahl von 1 bis 65535 ein.
choose-team-member = Bitte wählen Sie jemanden aus dem Team.
enter-date = Bitte geben Sie ein Datum ein.
enter-time = Bitte geben Sie eine Uhrzeit ein, etwa 18:30.
enter-minutes = Bitte geben Sie die Dauer in Minuten ein, von 1 bis 1440.
date = Datum
time = Uhrzeit
minutes-long = Dauer in Minuten
enter-spots-left = Bitte geben Sie ein, wie viele Plätze bleiben.
cancel-of-client = Absagen: { $client }
move-of-client = Verschieben: { $client }
spots-of-client = Weniger Plätze: { $client }
cancel-this-appointment = Diese Buchung absagen
move-this-appointment = Auf diesen Termin verschieben
own-deadline = Die eigene Frist endete am { $date }. Sie können noch absagen.
own-deadline-moving = Die eigene Frist endete am { $date }. Sie können noch verschieben.
date-filled-up = { $date } ist inzwischen voll.
client-still-has = { $client } hat weiterhin { $date }.
client = Für wen
new-client = Neu anlegen
choose-event = Welcher Termin?
no-events-ahead = Es sind keine Termine geplant.
book-for = Buchen für { $client }
book = Buchen
book-again = Noch einmal buchen
booked-for =
    { $n ->
        [one] { $n } Termin ist für { $client } gebucht.
       *[other] { $n } Termine sind für { $client } gebucht.
    }
full-of = voll, { $n } von { $max }
n-free =
    { $n ->
        [one] { $n } frei
       *[other] { $n } frei
    }
would-have-taken = Am { $date } wären { $n } von { $max } belegt.
spots-1-to-255 = Bitte geben Sie eine Zahl von Plätzen von 1 bis 255 ein.
needs-a-link = Bitte legen Sie zuerst einen Buchungslink an: seine Regeln gelten für das, was hier gebucht wird.
nothing-booked-because = Noch ist nichts gebucht: { $why }.
not-booked-full = Noch ist nichts gebucht: { $date } ist voll.
booked-online-on = online, { $date }
booked-at-desk-on = am Empfang, { $date }
not-booked-at-desk = Noch ist nichts gebucht: { $date }: { $why }.
client-already-has = Noch ist nichts gebucht: { $client } hat { $date } schon.
memberships = Mitgliedschaften
no-memberships = Keine Mitgliedschaften.
visits-left =
    { $n ->
        [one] noch { $n } Besuch
       *[other] noch { $n } Besuche
    }
visits-without-limit = Besuche ohne Grenze
until-day = bis { $date }
membership-released = noch nicht genutzt
membership-frozen = ruht
membership-ended = beendet
grant-membership = Mitgliedschaft vergeben
covers-services = Gilt für diese Angebote; für alle, wenn keines angekreuzt ist
visits = Besuche
empty-no-limit = leer: unbegrenzt
last-day = Letzter Tag
grant = Vergeben
membership-granted = Die Mitgliedschaft ist vergeben.
visits-please = Bitte geben Sie eine Zahl von Besuchen ab 1 ein, oder lassen Sie das Feld leer.
personal-data = Personenbezogene Daten
export-client = Als Datei herausgeben
erase-client = Diese Person löschen
erase-what = Name, Telefonnummer, E-Mail und Anmerkungen werden vernichtet, Anmeldungen und private Adressen enden. Was gebucht wurde, bleibt ohne Namen stehen.
erase-for-good = Das lässt sich nicht rückgängig machen.
erase-with-dates =
    { $n ->
        [one] { $n } Buchung stornieren, die noch bevorsteht
       *[other] { $n } Buchungen stornieren, die noch bevorstehen
    }
erase-keep = Nicht löschen
end-links = Private Adressen beenden
end-links-what = Die Adressen von Ergebnissen, Terminen und Kalender, die diese Person bekommen hat, öffnen nichts mehr, für niemanden.
end-links-then = Was gebucht ist, bleibt gebucht. Nach der Anmeldung mit der Telefonnummer ist es zu finden.
end-links-keep = Adressen behalten
links-are-ended = Die privaten Adressen sind beendet.
client-is-erased = Die Person ist gelöscht.
client-was-exported = Gespeicherte Daten herausgegeben
client-was-erased = Gelöscht
client-links-ended = Private Adressen beendet

## What happened to an event

fact-scheduled = Geplant für { $date } mit { $n } Plätzen.
fact-capacity-set = Die Plätze wurden auf { $n } festgelegt.
fact-moved = Von { $was } auf { $date } verschoben.
fact-cancelled = Der Termin wurde abgesagt.
fact-team-member-replaced = { $member } übernimmt von { $was }.
fact-booking-opened = Für Online-Buchung geöffnet.
fact-booking-closed = Für Online-Buchung geschlossen.
fact-spots-taken =
    { $n ->
        [one] { $client } hat { $n } Platz belegt.
       *[other] { $client } hat { $n } Plätze belegt.
    }
fact-overbooked =
    { $n ->
        [one] { $client } hat { $n } Platz belegt, absichtlich überbucht.
       *[other] { $client } hat { $n } Plätze belegt, absichtlich überbucht.
    }
fact-spots-released =
    { $n ->
        [one] { $client } hat { $n } Platz freigegeben.
       *[other] { $client } hat { $n } Plätze freigegeben.
    }
fact-spots-kept =
    { $n ->
        [one] { $client } hat { $n } Platz behalten.
       *[other] { $client } hat { $n } Plätze behalten.
    }
by-client = durch die Person selbst
by-staff = durch das Team, nicht angemeldet
by-import = durch einen Import
by-demonstration = durch die Vorführung
cause-booked = online gebucht
cause-booked-at-desk = für die Person gebucht
cause-appointment-cancelled = eine Buchung wurde abgesagt
cause-appointment-moved = eine Buchung wurde verschoben
cause-spots-reduced = eine Buchung behält weniger Plätze
cause-planned = der Termin wurde geplant
cause-client-erased = eine Person wurde gelöscht
cause-client-exported = Daten wurden herausgegeben
cause-links-ended = private Adressen wurden beendet
cause-selected = eine Auswahl wurde getroffen
cause-membership-granted = eine Mitgliedschaft wurde vergeben
cause-attendance-noted = die Anwesenheit wurde vermerkt
cause-settings-saved = Einstellungen wurden gespeichert
cause-event-changed = der Termin wurde geändert

## Settings

save = Speichern
saved = Gespeichert.
nothing-to-save = Es gibt nichts zu speichern.
not-saved-because = Es wurde nichts gespeichert: { $why }.
open-again = Öffnen Sie die Seite erneut, um es zu sehen.
online-booking-links = Links zur Onlinebuchung
no-links-yet = Noch keine Buchungslinks. Ein Link ist die Seite, auf der gebucht wird.
multiple-booking-is = Mehrere Termine auf einmal: { $setting }
multiple-off = Aus
multiple-paused = Pausiert, weil im Voraus bezahlt wird
multiple-up-to =
    { $max ->
        [one] Bis zu { $max } Termin
       *[other] Bis zu { $max } Termine
    }
set-up = Einrichten
new-link = Neuer Link
kind = Art
kind-group = Gruppe
kind-mixed = Gemischt
kind-individual = Einzeln
name-wrong = Bitte geben Sie einen Namen ein: Ein Name hat 1 bis { $n } Zeichen und keine Steuerzeichen.
this-link = Dieser Link
clients-can-book-here = Hier kann gebucht werden
what-clients-can-book = Was gebucht werden kann
with-member = mit { $member }
earliest-hours = Buchbar bis, Stunden vor Beginn
latest-days = Buchbar ab, Tage im Voraus
multiple-event-booking = Mehrere Termine auf einmal
allow-multiple = Mehrere Termine in einer Buchung erlauben
how-many-at-once = Wie viele Termine auf einmal
dates-in-one-booking = Termine in einer Buchung.
spots-are-set-in-rules = Plätze je Termin stehen in den Regeln der Filiale.
with-one-no-book-another = Bei 1 erscheint „Weitere Termine buchen“ nicht.
prepayment-is-on = In dieser Filiale wird online im Voraus bezahlt, deshalb werden Termine einzeln gebucht.
contact-form = Kontaktformular
off = aus
on = an
optional = freiwillig
required = erforderlich
consent-text = Einwilligungstext
phone-code = Kunden bestätigen ihre Telefonnummer mit einem Code
phone-code-hint = Bevor etwas gebucht wird, bekommen sie 6 Ziffern per SMS: ein Code für alle Termine.
phone-codes-not-set-up = Hier können noch keine Codes gesendet werden: Solange dies eingeschaltet ist, kann niemand online buchen.
choose-1-to-10 = Bitte wählen Sie eine Zahl von 1 bis 10.
hours-0-to-8760 = Bitte geben Sie eine Stundenzahl von 0 bis 8760 ein.
days-1-to-3650 = Bitte geben Sie eine Tageszahl von 1 bis 3650 ein.
number-2-to-255 = Bitte geben Sie eine Zahl von 2 bis 255 ein.
online-prepayment = Online-Vorauszahlung
prepayment-hint = Solange sie an ist, werden Termine einzeln gebucht. Links, bei denen „Mehrere Termine auf einmal“ an ist: { $n }.
several-spots = Mehrere Plätze in einer Buchung erlauben
up-to-per-date = höchstens, je Termin (2 bis 255)
set-change-rules = Regeln für Absagen und Verschieben
clients-can-cancel = Online absagen erlaubt
clients-can-reschedule = Online verschieben erlaubt
until-hours = bis so viele Stunden vor Beginn
hours-hint = 0 heißt bis zum Beginn. Das gilt auch für Termine, die schon gebucht sind.
reminders = Erinnerungen
remind-clients = Kunden an ihre Termine erinnern
remind-hours = so viele Stunden vor Beginn
hours-1-to-8760 = Bitte geben Sie eine Stundenzahl von 1 bis 8760 ein.
nobody-is-reminded = Nachrichten sind hier nicht eingerichtet, also wird noch niemand erinnert.
same-client-twice = Dieselbe Person zweimal im selben Termin
refuse = ablehnen
allow = erlauben
the-studio = Das Studio
phone-to-call = Telefonnummer, die Kunden anrufen sollen
time-zone-hint = Geplante Termine behalten ihren Zeitpunkt; nur die Uhr, nach der sie gezeigt werden, ändert sich.
line-please = Bitte geben Sie bis zu 200 Zeichen in einer Zeile ein.
time-zone-please = Bitte wählen Sie eine Zeitzone.
country-please = Bitte geben Sie die zwei Buchstaben eines Landes ein, etwa DE.

## History of settings

history = Verlauf
changed-by = Geändert von: { $who }
who-staff = Team, nicht angemeldet
who-client = die Person selbst
who-import = ein Import
who-demonstration = die Vorführung
change-was-now = { $what }: bisher { $was }; jetzt { $is }
change-now = { $what }: { $is }
services = Angebote
team-members = Kursleitungen
earliest = Buchbar bis
latest = Buchbar ab
time-zone = Zeitzone
country = Land für Telefonnummern
address = Adresse
multiple-spots = Mehrere Plätze in einer Buchung
yes = ja
no = nein
all = alle
none = nichts
of-kind =
    { $kind ->
        [individual] einzeln
        [group] Gruppe
       *[mixed] gemischt
    }
the-start = zum Beginn
hours-before =
    { $n ->
        [one] { $n } Stunde vor Beginn
       *[other] { $n } Stunden vor Beginn
    }
minutes-before =
    { $n ->
        [one] { $n } Minute vor Beginn
       *[other] { $n } Minuten vor Beginn
    }
days-ahead =
    { $n ->
        [one] { $n } Tag im Voraus
       *[other] { $n } Tage im Voraus
    }
up-to-events =
    { $n ->
        [one] bis zu { $n } Termin
       *[other] bis zu { $n } Termine
    }
up-to-spots =
    { $n ->
        [one] bis zu { $n } Platz
       *[other] bis zu { $n } Plätze
    }
yes-until = ja, bis { $until }
no-until = nein; falls eingeschaltet, bis { $until }
refused = abgelehnt
allowed = erlaubt

## A series

series-every =
    { $dow ->
        [1] Jeden Montag um { $time },
        [2] Jeden Dienstag um { $time },
        [3] Jeden Mittwoch um { $time },
        [4] Jeden Donnerstag um { $time },
        [5] Jeden Freitag um { $time },
        [6] Jeden Samstag um { $time },
       *[7] Jeden Sonntag um { $time },
    }
series-weeks = Wochen lang
add = Hinzufügen
series-added =
    { $n ->
        [one] { $n } Termin hinzugefügt.
       *[other] { $n } Termine hinzugefügt.
    }
not-added-sold-out = { $date } ist ausgebucht und wurde nicht hinzugefügt.
not-added-too-few =
    { $n ->
        [one] Am { $date } ist nur noch { $n } Platz frei; der Termin wurde nicht hinzugefügt.
       *[other] Am { $date } sind nur noch { $n } Plätze frei; der Termin wurde nicht hinzugefügt.
    }
not-added-closed = { $date } kann nicht gebucht werden und wurde nicht hinzugefügt.

## What scripts say

dates-shown =
    { $n ->
        [one] { $n } Termin angezeigt
       *[other] { $n } Termine angezeigt
    }
dates-shown-weekday = { $shown }: { $weekday }
selected-count = { $n } von { $max } gewählt
limit-reached = { $max } von { $max } gewählt. Mehr passen nicht in eine Buchung; entfernen Sie einen, um einen anderen zu wählen.
zone-ahead = , { $hours } vor Ihrer Zeit
zone-behind = , { $hours } hinter Ihrer Zeit
one-spot-less = Ein Platz weniger
one-spot-more = Ein Platz mehr
spots-per-date =
    { $n ->
        [one] { $n } Platz pro Termin
       *[other] { $n } Plätze pro Termin
    }
only-spots-on =
    { $n ->
        [one] Am { $date } ist nur noch { $n } Platz frei.
       *[other] Am { $date } sind nur noch { $n } Plätze frei.
    }
booking-now = Wird gebucht…
booking-dates =
    { $n ->
        [one] { $n } Termin wird gebucht
       *[other] { $n } Termine werden gebucht
    }
print = Drucken

## Looks of a link

colour = Farbe
light-or-dark = Hell oder dunkel
language = Sprache
sites = Seiten, die es einbetten dürfen
by-device = nach Gerät
light = hell
dark = dunkel
by-browser = nach Browser
any-site = alle Seiten
look-and-sites = Aussehen und Seiten
sites-hint = Mehrere Seiten stehen in eigenen Zeilen. Ohne Angabe darf jede Seite es einbetten.
colour-please = Bitte geben Sie eine Farbe wie #0f6b5f ein oder lassen Sie das Feld leer.
sites-please = Bitte geben Sie Adressen wie https://studio.example ohne Pfad ein.
deeper-shade = Links verwenden einen dunkleren Ton, { $shade }, damit sie lesbar bleiben.
put-on-site = Auf Ihre Seite setzen
two-lines = Zwei Zeilen für Ihre Seite, mit der Adresse Ihres Cartwheel statt https://book.example:
two-lines-ready = Zwei Zeilen für Ihre Seite:
look-at-widget = Widget ansehen

## The account

account-my = Meine Termine
account-sign-in = Anmelden
account-by-text = Wir senden einen Code per SMS.
account-send-code = Code senden
account-not-set-up = Die Anmeldung ist hier noch nicht eingerichtet.
account-enough-codes = An diese Nummer werden heute keine weiteren Codes gesendet. Bitte versuchen Sie es morgen wieder.
account-over = Bitte melden Sie sich noch einmal an. Nichts wurde geändert.
account-signed-out = Sie sind abgemeldet.
account-again = Bitte geben Sie Ihre Nummer noch einmal ein.
account-enter-code = Code eingeben
account-code = Code
account-six-digits = 6 Ziffern
account-on-its-way = Wenn { $phone } hier gebucht hat, ist ein Code unterwegs.
account-new-code = Neuen Code senden
account-other-number = Andere Nummer
account-type-six = Bitte geben Sie die 6 Ziffern aus der Nachricht ein.
account-wrong-code =
    { $left ->
        [one] Dieser Code passt nicht. Sie haben noch { $left } Versuch.
       *[other] Dieser Code passt nicht. Sie haben noch { $left } Versuche.
    }
account-ended-code = Dieser Code ist abgelaufen; Codes gelten 10 Minuten.
account-closed-code = Zu Ihrer Sicherheit ist dieser Code gesperrt. Bitte fordern Sie einen neuen an.
account-wait =
    { $n ->
        [one] In { $n } Sekunde können Sie einen neuen Code anfordern.
       *[other] In { $n } Sekunden können Sie einen neuen Code anfordern.
    }
account-message = { $code } ist Ihr Code für { $studio }. Er gilt 10 Minuten. Niemand vom Studio wird Sie danach fragen.
account-app = { $studio }: Ihre Termine
account-sign-out = Abmelden
account-nav = Konto
account-upcoming = Kommende
account-past = Vergangene
account-none-upcoming = Keine kommenden Termine.
account-none-past = Keine vergangenen Termine.
account-membership = Mitgliedschaft:
account-visits-left =
    { $n ->
        [one] noch { $n } Besuch
       *[other] noch { $n } Besuche
    }
account-until = bis { $date }
account-language = Sprache
account-speak = Sprache ändern
account-stored = Was über mich gespeichert ist
account-stored-here = Das bewahrt das Studio über Sie auf. Die Datei enthält dasselbe.
account-download = Herunterladen
account-erase = Meine Daten löschen
account-erase-what = Ihr Name, Ihre Telefonnummer, Ihre E-Mail-Adresse und Ihre Anmerkungen werden vernichtet, und Sie werden überall abgemeldet. Was Sie gebucht haben, bleibt beim Studio ohne Ihren Namen stehen.
account-erase-dates =
    { $n ->
        [one] Ihr bevorstehender Termin wird storniert.
       *[other] Ihre { $n } bevorstehenden Termine werden storniert.
    }
account-erase-for-good = Das lässt sich nicht rückgängig machen.
account-keep = Meine Daten behalten
account-erased = Ihre Daten sind gelöscht.
account-links = Private Adressen
account-links-what = Wer die Adresse eines Ihrer Ergebnisse, Termine oder Ihres Kalenders hat, kann sie öffnen. Ist eine in falsche Hände geraten? Beenden Sie alle; hier finden Sie weiterhin alles.
account-end-links = Meine privaten Adressen beenden
account-links-ended = Ihre privaten Adressen sind beendet.
account-you = Sie
account-typed = Was Sie beim Buchen eingegeben haben
account-consent = Sie haben der Fassung { $version } der Datenschutzhinweise zugestimmt.
account-memberships = Mitgliedschaften
account-sign-ins = Wo Sie angemeldet sind
account-since = Ein Browser, seit { $date }
account-feed-since = Eine private Adresse, seit { $date }
account-offline = Sie sind offline
account-offline-text = Ihre Termine sind sicher und erscheinen, sobald Sie wieder online sind.
account-mailbox = Postfach für die Entwicklung
account-mailbox-hint = Nichts davon hat diesen Rechner verlassen. Wer diese Seite öffnen kann, kann sich als jeder anmelden.
account-mailbox-empty = Noch keine Nachrichten.
account-text-to = SMS an { $to }

## Calendar feeds

feed-title = Kalender-Abo
feed-hint = Eine private Adresse für Ihre Kalender-App; sie folgt Verlegungen und Absagen.
feed-address = Adresse
copy-address = Adresse kopieren
copy-lines = Zeilen kopieren
copied = Kopiert
feed-make = Adresse anlegen
feed-renew = Neue Adresse anlegen
feed-old-ends = Die alte funktioniert dann nicht mehr.

## Catalogue and team

catalogue = Angebote verwalten
team = Kursleitungen
new-service = Neues Angebot
price-per-visit = Preis
currency = Währung
booking-with-membership = Buchen mit Mitgliedschaft
paid-before-visit = Muss vor dem Besuch online bezahlt werden
add-service = Angebot hinzufügen
new-team-member = Neue Kursleitung
feed-of-dates = Kalender-Abo der Termine
enter-name = Bitte geben Sie einen Namen ein.
enter-amount = Bitte geben Sie einen Betrag wie 15 oder 12.50 ein.
enter-currency = Bitte geben Sie einen Währungscode wie EUR ein.

## Import of a timetable

timetable = Kursplan
timetable-import = Kursplan importieren
import-file = CSV-Datei
import-columns = Spalten: service, teacher, starts_local (wie 2027-01-04T18:30), duration_minutes; falls vorhanden auch venue, teacher_id und status (available oder unavailable).
import-times = Die Zeiten in der Datei gelten so, wie Uhren in { $city } sie zeigen.
import-capacity = Plätze je Termin
import-first-week = Die erste Woche beginnt am
import-weeks = Für so viele Wochen
import-adds = Ein weiterer Import fügt nur hinzu, was fehlt. Was Sie inzwischen geändert haben, bleibt.
preview = Vorschau
choose-file = Bitte wählen Sie eine CSV-Datei.
file-too-large = Diese Datei ist größer als 1 MB. Es wurde nichts importiert.
no-column = Diese Datei hat keine Spalte { $column }. Es wurde nichts importiert.
not-csv = Diese Datei ist nicht als CSV lesbar. Es wurde nichts importiert.
other-venues = Diese Datei gehört zu mehreren Standorten ({ $venues }), keiner davon ist { $branch }. Es wurde nichts importiert.
too-many-events = Das ergibt { $n } Termine, ein Import nimmt bis zu { $max }. Bitte wählen Sie weniger Wochen.
date-please = Bitte geben Sie ein Datum ein.
weeks-1-to-104 = Bitte geben Sie eine Zahl von 1 bis 104 ein.
import-events =
    { $n ->
        [one] { $n } Termin
       *[other] { $n } Termine
    }
import-new =
    { $n ->
        [one] { $n } neuer
       *[other] { $n } neue
    }
import-there = { $n } schon vorhanden
import-closed = { $n } nicht online buchbar
import-skipped =
    { $n ->
        [one] { $n } Zeile ausgelassen
       *[other] { $n } Zeilen ausgelassen
    }
line-note = Zeile { $line }: { $text }
more-lines =
    { $n ->
        [one] und { $n } weitere Zeile
       *[other] und { $n } weitere Zeilen
    }
line-fields = hat { $has } Felder statt { $n }; ausgelassen
line-not-utf8 = ist nicht in UTF-8; ausgelassen
line-empty = hat nichts in der Spalte { $column }; ausgelassen
line-no-name = hat in der Spalte { $column } etwas, das zu lang oder kein einfacher Text ist; ausgelassen
line-status = sagt weder available noch unavailable, sondern „{ $text }“; ausgelassen
line-no-start = hat keinen Beginn wie 2027-01-04T18:30, sondern „{ $text }“; ausgelassen
line-no-minutes = hat keine Minutenzahl von 1 bis 1440, sondern „{ $text }“; ausgelassen
line-leaves-calendar = verlässt den Kalender; ausgelassen
line-same-as = ist derselbe Termin wie Zeile { $line }; ausgelassen
line-other-venue = gehört zu { $venue }; ausgelassen
line-shifted = { $date } gibt es nicht (die Uhr wird vorgestellt); daraus wird { $time }
import-nothing-new = Alles aus dieser Datei ist schon da.
import-nothing = Keine Zeile dieser Datei lässt sich importieren.
import-these =
    { $n ->
        [one] { $n } Termin importieren
       *[other] { $n } Termine importieren
    }
other-file = Andere Datei wählen
preview-ended = Diese Vorschau ist abgelaufen. Bitte wählen Sie die Datei noch einmal.
import-running = { $done } von { $n } Terminen sind importiert. Sie können diese Seite verlassen; der Import läuft weiter.
import-stopped = Der Import hielt nach { $done } von { $n } Terminen an. Nichts ist verloren, und nichts kommt doppelt hinzu.
import-rest = Den Rest importieren
show-progress = Zeigen, wie weit es ist
imported =
    { $n ->
        [one] { $n } Termin importiert.
       *[other] { $n } Termine importiert.
    }
open-journal = Terminbuch öffnen

## The audit

audit = Prüfung
audit-what = Was
audit-everything = Die ganze Filiale
audit-kind-cart = Auswahl
audit-kind-activity = Veranstaltung
audit-kind-appointment = Buchung
audit-kind-client = Person
audit-kind-link = Buchungslink
audit-kind-branch = Filiale
audit-id = Kennung
audit-from = Von
audit-to = Bis
audit-when = Eine Stelle im Hauptbuch wie 120 oder ein Zeitpunkt wie 2027-01-04T10:00:00Z. Für die ganze Filiale wird gezeigt, was sich dazwischen geändert hat.
audit-show = Zeigen
audit-id-please = Bitte geben Sie die Kennung dessen ein, was Sie suchen.
audit-moment-please = Bitte geben Sie eine Stelle wie 120 oder einen Zeitpunkt wie 2027-01-04T10:00:00Z ein.
audit-too-much = Dazwischen ist zu viel geschehen. Bitte wählen Sie zwei Stellen, die näher beieinander liegen.
audit-nothing = Davon ist nichts aufgezeichnet.
audit-nothing-changed = Dazwischen wurde nichts aufgezeichnet.
audit-next = Nächste Seite
audit-state = Stand an Stelle { $n }
audit-difference = Was sich von Stelle { $from } bis Stelle { $to } geändert hat
audit-more = Nicht aufgeführt, weil es zu viele sind: { $n }
audit-signed = Das Hauptbuch wurde zuletzt am { $date } an Stelle { $n } unterschrieben und ist noch so, wie es damals war.
audit-differs = Das Hauptbuch ist nicht mehr so, wie es am { $date } an Stelle { $n } unterschrieben wurde: { $what }
audit-never-signed = Das Hauptbuch wurde noch nicht unterschrieben.
audit-refusals = Was abgelehnt wurde
audit-refusals-bounded = Das gehört nicht zum Hauptbuch. Ablehnungen werden 7 Tage lang aufbewahrt, die neuesten 5.000 davon, und nicht alle, wenn es sehr viele auf einmal sind.
audit-no-refusals = In letzter Zeit wurde nichts abgelehnt.
fact-branch-opened = Die Filiale { $name } wurde eröffnet.
fact-details-set = Die Angaben zur Filiale wurden festgelegt.
fact-rules-set = Die Regeln der Filiale wurden festgelegt.
fact-service-added = Das Angebot { $name } kam hinzu.
fact-service-set = Das Angebot { $name } wurde festgelegt.
fact-member-added = { $name } kam ins Team.
fact-member-renamed = Ein Teammitglied heißt jetzt { $name }.
fact-link-created = Der Buchungslink wurde angelegt.
fact-link-set-up = Der Buchungslink wurde neu eingerichtet.
fact-link-dressed = Das Aussehen des Buchungslinks wurde festgelegt.
fact-cart-opened = Eine Auswahl wurde begonnen.
fact-selection-made = Die Auswahl wurde festgelegt. Termine: { $n }.
fact-spots-set = Die Plätze eines Termins wurden festgelegt. Plätze: { $n }.
fact-confirmed = Alles wurde auf einmal bestätigt. Termine: { $n }.
fact-items-refused = Nicht alles konnte gebucht werden. Termine: { $n }.
fact-booked = Gebucht für { $date }. Plätze: { $n }.
fact-cancelled-by-client = Von der Person storniert.
fact-cancelled-by-staff = Vom Personal storniert.
fact-cancelled-by-studio = Vom Studio mit der Veranstaltung abgesagt.
fact-rescheduled = Von { $was } auf { $date } verlegt.
fact-spots-reduced = Weniger Plätze: { $n } statt { $was }.
fact-appointment-moved = Das Studio hat die Veranstaltung auf { $date } verlegt.
fact-arrived = Die Person war da.
fact-no-show = Die Person kam nicht.
fact-attendance-taken-back = Der Vermerk zur Anwesenheit wurde zurückgenommen.
fact-membership-granted = Die Mitgliedschaft { $name } wurde vergeben.

## Integrations

integrations = Anbindungen
webhooks = Webhooks
webhooks-are = Sobald etwas gebucht oder geändert wird, erfahren es diese Adressen, mit Signatur und ohne Namen oder Nummern von Kunden.
no-webhooks-yet = Noch keine Webhooks.
new-webhook = Neuer Webhook
webhook-address = Adresse
add-webhook = Webhook hinzufügen
webhook = Webhook einrichten
webhook-everything = Alles
webhook-kinds =
    { $n ->
        [one] { $n } Art von Ereignis
       *[other] { $n } Arten von Ereignissen
    }
webhook-on = Eingeschaltet.
webhook-off = Ausgeschaltet.
webhook-failing = Eingeschaltet, aber seit { $date } kommt nichts an. Es wird drei Tage lang weiter versucht.
webhook-gone = Am { $date } ausgeschaltet: Die Adresse hat geantwortet, dass es sie nicht mehr gibt.
webhook-gave-up = Am { $date } ausgeschaltet: Drei Tage lang kam dort nichts an.
webhook-secret = Geheimnis
webhook-secret-shown = Sichtbar bis { $time }. Bitte dort aufbewahren, wo Signaturen geprüft werden.
webhook-copy-secret = Geheimnis kopieren
webhook-active = An diese Adresse senden
webhook-what = Was gesendet wird
webhook-all = Alles, auch was spätere Versionen hinzufügen
webhook-only = Nur was angekreuzt ist
facts-appointment = Buchungen
facts-cart = Auswahlen
facts-activity = Termine
facts-membership = Mitgliedschaften
facts-client = Kunden
facts-link = Buchungslinks
facts-branch = Studio
webhook-send-test = Testereignis senden
webhook-test-sent = Ein Testereignis ist unterwegs.
webhook-new-secret = Neues Geheimnis erzeugen
webhook-overlap = 24 Stunden lang wird auch mit dem alten Geheimnis signiert.
webhook-old-secret = Bis { $date } wird auch mit dem alten Geheimnis signiert.
webhook-delete = Webhook löschen
webhook-delete-title = Diesen Webhook löschen?
webhook-delete-means = Was noch darauf wartet, wird nicht mehr gesendet.
webhook-deleted = Der Webhook ist gelöscht.
webhook-deliveries = Was in den letzten 30 Tagen gesendet wurde
webhook-no-deliveries = Noch wurde nichts gesendet.
delivery-waiting = Wartet, nächster Versuch am { $date }
delivery-delivered = Angekommen
delivery-failed = Nicht angekommen
delivery-dropped = Wird nicht mehr gesendet
outcome-delivered = mit { $status } angenommen
outcome-status = mit { $status } beantwortet
outcome-gone = mit { $status } beantwortet, die Adresse gibt es nicht mehr
outcome-timed-out = keine Antwort innerhalb von 10 Sekunden
outcome-no-connection = keine Verbindung, oder sie riss ab
outcome-no-such-name = niemand kennt diesen Namen
outcome-private-address = nicht aufgerufen, sie ist nicht über das Internet erreichbar
outcome-switched-off = nicht aufgerufen, ausgeschaltet
outcome-not-sent = nicht gesendet
milliseconds = { $n } ms
webhook-send-again = Noch einmal senden
webhook-sent-again = Es ist noch einmal unterwegs.
webhook-older = Ältere zeigen
webhook-too-many = Nichts wurde gespeichert: Ein Studio hat bis zu 20 Webhooks.
webhook-url-wrong = Bitte eine Adresse wie https://example.org/hooks eingeben.
webhook-url-https = Die Adresse muss mit https:// beginnen.
webhook-url-private = Diese Adresse ist nicht über das Internet erreichbar. Bitte eine andere eingeben.
webhook-types-none = Bitte mindestens eine Art ankreuzen oder alles wählen.

## Messages

letter-greeting = Guten Tag { $name },
letter-booked = { $title }: { $what }
letter-open-date = Diesen Termin ansehen oder ändern
letter-open-all = Alle Termine
letter-call = Fragen? Bitte rufen Sie an: { $phone }.
letter-cancelled = Abgesagt: { $what }, { $date }
letter-you-cancelled = { $what } am { $date } ist wie gewünscht abgesagt.
letter-studio-cancelled = Wir mussten { $what } am { $date } absagen.
letter-moved = Neuer Termin: { $what }, { $date }
letter-studio-moved = Wir mussten { $what } von { $was } auf { $date } verlegen.
letter-rescheduled = { $what } ist von { $was } auf { $date } verlegt.
letter-now-with = Jetzt mit { $member }: { $service }, { $date }
letter-replaced = { $service } am { $date } ist jetzt mit { $member } statt mit { $before }.
letter-reminder = Erinnerung: { $what }, { $date }
letter-remind = Wir freuen uns auf Sie: { $what } am { $date }.
account-mail-to = E-Mail an { $to }
mailbox-invitations =
    { $n ->
        [one] mit { $n } Termin für den Kalender
       *[other] mit { $n } Terminen für den Kalender
    }

## Signing in as staff

staff-login = Anmeldename oder E-Mail
staff-password = Passwort
staff-wrong = Dieser Anmeldename und dieses Passwort passen nicht zusammen.
staff-begin-again = Bitte geben Sie Ihr Passwort noch einmal ein.
staff-password-set = Ihr Passwort ist gesetzt. Bitte melden Sie sich an.
staff-other-login = Anderer Anmeldename
staff-code-hint = 6 Ziffern aus Ihrer App oder einer Ihrer Codes auf Papier.
staff-wrong-code = Dieser Code passt nicht oder wurde schon benutzt.
staff-code-closed =
    { $n ->
        [one] Es wurden zu viele Codes versucht. Bitte versuchen Sie es in { $n } Minute wieder.
       *[other] Es wurden zu viele Codes versucht. Bitte versuchen Sie es in { $n } Minuten wieder.
    }
staff-not-yet-title = Noch kann sich niemand anmelden
staff-not-yet = Wer diesen Dienst betreibt, legt die erste Inhaberin eines Studios mit diesem Befehl an:
staff-until-owner = Bis es eine Inhaberin gibt, kann jeder an diesem Rechner diese Seiten benutzen; angelegt wird sie mit
staff-you-are = Sie arbeiten als: { $name }, { $role }
staff-choose-password = Wählen Sie ein Passwort
staff-for-login = Sie melden sich an als { $login }.
staff-new-password = Neues Passwort
staff-password-hint = 12 Zeichen oder mehr. Mehrere Wörter merkt man sich leicht.
staff-password-short = Bitte wählen Sie ein Passwort mit 12 bis 200 Zeichen, nicht alle gleich.
staff-save-password = Passwort speichern
staff-your-studios = Ihre Studios
staff-no-studio = Sie arbeiten zurzeit in keinem Studio.
staff-my-sign-in = Meine Anmeldung
staff-current-password = Jetziges Passwort
staff-wrong-password = Das ist nicht Ihr jetziges Passwort.
staff-change-password = Passwort ändern
staff-password-changed = Ihr Passwort ist geändert. Überall sonst sind Sie abgemeldet.
staff-second-factor = Zweiter Faktor
staff-second-off = Er ist aus. Mit ihm fragt die Anmeldung auch nach einem Code aus einer App auf Ihrem Telefon.
staff-second-on =
    { $n ->
        [one] Er ist an. Sie haben noch { $n } Code auf Papier.
       *[other] Er ist an. Sie haben noch { $n } Codes auf Papier.
    }
staff-second-is-off = Der zweite Faktor ist aus.
staff-second-begin = Einrichten
staff-second-scan = Scannen Sie das mit einer App für Codes, oder tippen Sie dort den Schlüssel ein. Geben Sie dann den Code ein, den die App zeigt.
staff-second-picture = Bild des Schlüssels für eine App
staff-second-key = Schlüssel
staff-second-open-app = In einer App auf diesem Gerät öffnen
staff-second-switch-on = Einschalten
staff-second-switch-off = Ausschalten
staff-second-wrong = Dieser Code passt nicht. Bitte geben Sie den ein, den die App jetzt zeigt, und prüfen Sie die Uhr Ihres Telefons.
staff-codes-title = Ihre Codes auf Papier
staff-codes-text = Der zweite Faktor ist an. Jeder dieser Codes gilt einmal anstelle der App. Sie werden nicht noch einmal gezeigt.
staff-codes-kept = Ich habe sie notiert
staff-sessions = Wo Sie als Team angemeldet sind
staff-session-since = seit { $since }, zuletzt hier { $seen }
staff-this-browser = dieser Browser
staff-end-session = Dort abmelden
staff-end-others = Überall sonst abmelden
staff-sessions-ended = Sie sind dort abgemeldet.
not-allowed-title = Nicht Teil Ihrer Rolle
not-allowed = Was Sie in diesem Studio sind, schließt das nicht ein. Nichts wurde geändert.
who-former-staff = ein früheres Teammitglied
by-somebody = durch { $name }
by-former-staff = durch ein früheres Teammitglied
role-owner = Inhaberin oder Inhaber
role-manager = Leitung
role-front-desk = Empfang
role-auditor = Prüfung
role-owner-may = macht hier alles und bestimmt, wer hier arbeitet
role-manager-may = plant Termine und richtet das Studio ein
role-front-desk-may = bucht, verschiebt und storniert für Kunden und vermerkt, wer da war
role-auditor-may = liest alles und ändert nichts
staff-role = Rolle
staff-roles = Was Rollen dürfen
staff-invited = hat noch kein Passwort gewählt
staff-new-link = Neuer Link
staff-remove = Entfernen
staff-add = Jemanden hinzufügen
staff-link = Link, um ein Passwort zu wählen
staff-link-hint = Geben Sie ihn nur dieser Person. Er gilt einmal, 7 Tage lang, und wird nicht noch einmal gezeigt.
staff-role-set = Die Rolle ist geändert. Die Person meldet sich neu an.
staff-removed = Die Person arbeitet hier nicht mehr und ist abgemeldet.
staff-known = Die Person meldet sich an wie bisher und arbeitet nun auch hier.
staff-login-wrong = Ein Anmeldename hat 2 bis 100 Buchstaben, Ziffern und Zeichen, ohne Leerzeichen.
staff-already = Jemand mit diesem Anmeldenamen arbeitet hier schon.
staff-unknown = Diese Person arbeitet hier nicht.
staff-last-owner = Ein Studio behält mindestens eine Inhaberin. Bitte machen Sie zuerst jemand anderen dazu.
staff-elsewhere = Diese Person arbeitet auch in anderen Studios. Wer den Dienst betreibt, kann ihr helfen.
tokens = API-Schlüssel
tokens-hint = Ihre eigenen Programme zeigen einen der API. Jeder gilt nur für dieses Studio.
tokens-none = Es gibt noch keine Schlüssel.
token-new = Neuer Schlüssel
token-scope = Er darf
scope-read = alles lesen
scope-book = lesen und Buchungen ändern
scope-settings = lesen und Buchungen, Termine und Einstellungen ändern
token-days = Tage bis zum Ende
token-days-wrong = Bitte geben Sie 1 bis 730 Tage ein.
token-make = Schlüssel erstellen
token-made = Der neue Schlüssel
token-made-hint = Kopieren Sie ihn jetzt. Er wird nicht noch einmal gezeigt.
token-copy = Schlüssel kopieren
token-until = bis { $date }
token-ended-at = beendet { $date }
token-revoked-at = widerrufen { $date }
token-used-at = zuletzt benutzt { $date }
token-never-used = nie benutzt
token-revoke = Widerrufen
token-revoked = Der Schlüssel ist widerrufen und öffnet nichts mehr.
