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

## What was booked

booked-title =
    { $n ->
        [one] Ihr Termin ist gebucht
       *[other] { $n } Termine sind gebucht
    }
partly-booked = { $n } von { $max } Terminen sind gebucht

## Staff

skip-to-content = Zum Inhalt springen
staff = Team
staff-not-signed-in = Sie arbeiten als: Team, nicht angemeldet
journal = Terminbuch
booking-links = Buchungslinks
branch-rules = Regeln der Filiale

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
not-sure-yet = Wir sind noch nicht sicher
not-sure-booking-arrived = Wir konnten nicht sehen, ob Ihre Buchung angekommen ist. Prüfen Sie es noch einmal: Dabei wird nichts doppelt gebucht.
check-again = Noch einmal prüfen
print = Drucken

## The account

account-my = Meine Termine
account-new-tab = (öffnet in einem neuen Tab)
account-problem = Problem:
account-sign-in = Anmelden
account-phone = Telefon
account-by-text = Wir senden einen Code per SMS.
account-send-code = Code senden
account-not-set-up = Die Anmeldung ist hier noch nicht eingerichtet.
account-type-phone = Bitte geben Sie eine Telefonnummer ein, zum Beispiel 030 23125 014 oder +49 30 23125 014.
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
account-title = Ihre Termine
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
account-you = Sie
account-name = Name
account-email = E-Mail
account-comment = Kommentar
account-typed = Was Sie beim Buchen eingegeben haben
account-consent = Sie haben der Fassung { $version } der Datenschutzhinweise zugestimmt.
account-memberships = Mitgliedschaften
account-sign-ins = Wo Sie angemeldet sind
account-since = Ein Browser, seit { $date }
account-offline = Sie sind offline
account-offline-text = Ihre Termine sind sicher und erscheinen, sobald Sie wieder online sind.
account-try-again = Noch einmal versuchen
