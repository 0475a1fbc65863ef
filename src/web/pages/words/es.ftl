## Numbers and dates

today = Hoy, { $date }
from-to = { $date }, de { $from } a { $to }
spots-left =
    { $n ->
        [one] Queda { $n } plaza
        [many] Quedan { $n } de plazas
       *[other] Quedan { $n } plazas
    }
sold-out = Completo
dates-count =
    { $n ->
        [one] { $n } fecha
        [many] { $n } de fechas
       *[other] { $n } fechas
    }
spots-count =
    { $n ->
        [one] { $n } plaza
        [many] { $n } de plazas
       *[other] { $n } plazas
    }
spots-taken = { $n } de { $max } ocupadas
notice-hours =
    { $n ->
        [one] hasta { $n } hora antes del comienzo
        [many] hasta { $n } de horas antes del comienzo
       *[other] hasta { $n } horas antes del comienzo
    }
weekday-only =
    { $dow ->
        [1] Solo los lunes
        [2] Solo los martes
        [3] Solo los miércoles
        [4] Solo los jueves
        [5] Solo los viernes
        [6] Solo los sábados
       *[7] Solo los domingos
    }
show-only =
    { $dow ->
        [1] mostrar solo los lunes
        [2] mostrar solo los martes
        [3] mostrar solo los miércoles
        [4] mostrar solo los jueves
        [5] mostrar solo los viernes
        [6] mostrar solo los sábados
       *[7] mostrar solo los domingos
    }
none-free =
    { $dow ->
        [1] No hay ningún lunes libre.
        [2] No hay ningún martes libre.
        [3] No hay ningún miércoles libre.
        [4] No hay ningún jueves libre.
        [5] No hay ningún viernes libre.
        [6] No hay ningún sábado libre.
       *[7] No hay ningún domingo libre.
    }
price =
    { $paid ->
        [online] { $amount }, pago en línea
       *[studio] { $amount } en el estudio
    }
price-per-spot =
    { $paid ->
        [online] { $amount } por plaza, pago en línea
       *[studio] { $amount } por plaza en el estudio
    }
membership = abono
minutes =
    { $n ->
        [one] { $n } minuto
        [many] { $n } de minutos
       *[other] { $n } minutos
    }
service-with = { $service } con { $member }
times-in = Horas de { $city }

## The list of events

book-an-event = Reservar una clase
page-closed = Esta página de reservas está cerrada.
no-events-on-page = En esta página no se reservan clases.
service = Servicio
all-services = Todos los servicios
team-member = Profesional
all-team-members = Todo el equipo
from = Desde
show = Mostrar
clear-filters = Quitar los filtros
no-events = No hay clases para esta selección.
no-events-for = No hay clases de { $service }.
no-events-with = No hay clases con { $member }.
no-events-for-with = No hay clases de { $service } con { $member }.
nothing-bookable = Ahora mismo no hay clases que reservar.
new-dates-appear = Las fechas nuevas aparecen aquí cuando el estudio las publica.
all-sold-out = Todas las fechas mostradas están completas.
show-more = Mostrar más fechas
show-later = Mostrar fechas posteriores

## Around every page

questions = ¿Preguntas?
problems-title =
    { $n ->
        [one] Hay un problema
        [many] Hay { $n } de problemas
       *[other] Hay { $n } problemas
    }
try-again-in =
    { $n ->
        [one] Vuelva a intentarlo dentro de { $n } segundo.
        [many] Vuelva a intentarlo dentro de { $n } de segundos.
       *[other] Vuelva a intentarlo dentro de { $n } segundos.
    }

## Choosing

choose-up-to =
    { $max ->
        [one] Puede elegir { $max } fecha.
        [many] Puede elegir hasta { $max } de fechas.
       *[other] Puede elegir hasta { $max } fechas.
    }
too-many-selected =
    { $max ->
        [one] Una reserva admite { $max } fecha y hay { $n } marcadas. Desmarque { $over }.
        [many] Una reserva admite hasta { $max } de fechas y hay { $n } marcadas. Desmarque { $over }.
       *[other] Una reserva admite hasta { $max } fechas y hay { $n } marcadas. Desmarque { $over }.
    }
not-listed-sold-out =
    { $n ->
        [one] { $n } fecha está completa y no aparece.
        [many] { $n } de fechas están completas y no aparecen.
       *[other] { $n } fechas están completas y no aparecen.
    }
not-listed-too-few =
    { $n ->
        [one] { $n } fecha tiene menos de { $spots } plazas libres y no aparece.
        [many] { $n } de fechas tienen menos de { $spots } plazas libres y no aparecen.
       *[other] { $n } fechas tienen menos de { $spots } plazas libres y no aparecen.
    }
only-left =
    { $n ->
        [one] Solo queda { $n } plaza el { $date } y ha pedido { $asked }.
        [many] Solo quedan { $n } de plazas el { $date } y ha pedido { $asked }.
       *[other] Solo quedan { $n } plazas el { $date } y ha pedido { $asked }.
    }
take-spots =
    { $n ->
        [one] Tomar { $n } plaza
        [many] Tomar { $n } de plazas
       *[other] Tomar { $n } plazas
    }

## Confirming

nothing-if-one-full =
    { $n ->
        [one] Si esta fecha está completa, no se reserva nada.
        [many] Si una de estas fechas está completa, no se reserva ninguna.
       *[other] Si una de estas fechas está completa, no se reserva nada.
    }
race-lost =
    { $n ->
        [one] Todavía no se ha reservado nada: { $date } se completó hace un momento.
        [many] Todavía no se ha reservado nada: { $n } de fechas se completaron hace un momento.
       *[other] Todavía no se ha reservado nada: { $n } fechas se completaron hace un momento.
    }
book-the-others =
    { $n ->
        [one] Reservar la otra fecha
        [many] Reservar las otras { $n } de fechas
       *[other] Reservar las otras { $n } fechas
    }

## What was booked

booked-title =
    { $n ->
        [one] Su fecha está reservada
        [many] { $n } de fechas están reservadas
       *[other] { $n } fechas están reservadas
    }
partly-booked = { $n } de { $max } fechas están reservadas

## Staff

skip-to-content = Saltar al contenido
staff = Personal
staff-not-signed-in = Trabaja como: personal, sin iniciar sesión
journal = Agenda
booking-links = Enlaces de reserva
branch-rules = Reglas de la sucursal

## What scripts say

dates-shown =
    { $n ->
        [one] Se muestra { $n } fecha
        [many] Se muestran { $n } de fechas
       *[other] Se muestran { $n } fechas
    }
dates-shown-weekday = { $shown }: { $weekday }
selected-count = { $n } de { $max } elegidas
limit-reached = { $max } de { $max } elegidas. Es el máximo de una reserva; desmarque una para elegir otra.
zone-ahead = , { $hours } por delante de usted
zone-behind = , { $hours } por detrás de usted
one-spot-less = Una plaza menos
one-spot-more = Una plaza más
spots-per-date =
    { $n ->
        [one] { $n } plaza por fecha
        [many] { $n } de plazas por fecha
       *[other] { $n } plazas por fecha
    }
only-spots-on =
    { $n ->
        [one] Solo queda { $n } plaza el { $date }.
        [many] Solo quedan { $n } de plazas el { $date }.
       *[other] Solo quedan { $n } plazas el { $date }.
    }
booking-now = Reservando…
booking-dates =
    { $n ->
        [one] Reservando { $n } fecha
        [many] Reservando { $n } de fechas
       *[other] Reservando { $n } fechas
    }
not-sure-yet = Todavía no estamos seguros
not-sure-booking-arrived = No hemos podido ver si su reserva llegó. Compruébelo otra vez: no se reserva nada dos veces.
check-again = Comprobar otra vez
print = Imprimir

## A series

series-every =
    { $dow ->
        [1] Todos los lunes a las { $time } durante
        [2] Todos los martes a las { $time } durante
        [3] Todos los miércoles a las { $time } durante
        [4] Todos los jueves a las { $time } durante
        [5] Todos los viernes a las { $time } durante
        [6] Todos los sábados a las { $time } durante
       *[7] Todos los domingos a las { $time } durante
    }
series-weeks = semanas
add = Añadir
series-added =
    { $n ->
        [one] { $n } fecha añadida.
        [many] { $n } de fechas añadidas.
       *[other] { $n } fechas añadidas.
    }
not-added-sold-out = { $date } está completa y no se añadió.
not-added-too-few =
    { $n ->
        [one] El { $date } solo queda { $n } plaza y no se añadió.
        [many] El { $date } solo quedan { $n } de plazas y no se añadió.
       *[other] El { $date } solo quedan { $n } plazas y no se añadió.
    }
not-added-closed = { $date } no se puede reservar y no se añadió.
