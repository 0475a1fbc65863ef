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

## The account

account-my = Mis citas
account-new-tab = (se abre en una pestaña nueva)
account-problem = Problema:
account-sign-in = Iniciar sesión
account-phone = Teléfono
account-by-text = Enviamos un código por SMS.
account-send-code = Enviar código
account-not-set-up = Aquí todavía no se puede iniciar sesión.
account-type-phone = Introduzca un número de teléfono, como 030 23125 014 o +49 30 23125 014.
account-enough-codes = Hoy no se envían más códigos a este número. Inténtelo de nuevo mañana.
account-over = Inicie sesión de nuevo. No se ha cambiado nada.
account-signed-out = Ha cerrado la sesión.
account-again = Introduzca su número otra vez.
account-enter-code = Introduzca el código
account-code = Código
account-six-digits = 6 cifras
account-on-its-way = Si { $phone } ha reservado aquí, hay un código en camino.
account-new-code = Enviar un código nuevo
account-other-number = Otro número
account-type-six = Introduzca las 6 cifras del mensaje.
account-wrong-code =
    { $left ->
        [one] Ese código no coincide. Le queda { $left } intento.
        [many] Ese código no coincide. Le quedan { $left } de intentos.
       *[other] Ese código no coincide. Le quedan { $left } intentos.
    }
account-ended-code = Este código ha caducado; los códigos valen 10 minutos.
account-closed-code = Por su seguridad, este código está cerrado. Pida uno nuevo.
account-wait =
    { $n ->
        [one] Podrá pedir un código nuevo dentro de { $n } segundo.
        [many] Podrá pedir un código nuevo dentro de { $n } de segundos.
       *[other] Podrá pedir un código nuevo dentro de { $n } segundos.
    }
account-message = { $code } es su código para { $studio }. Vale 10 minutos. Nadie del estudio se lo pedirá.
account-app = { $studio }: sus citas
account-title = Sus citas
account-sign-out = Cerrar sesión
account-nav = Cuenta
account-upcoming = Próximas
account-past = Pasadas
account-none-upcoming = No hay fechas próximas.
account-none-past = No hay fechas pasadas.
account-membership = Abono:
account-visits-left =
    { $n ->
        [one] queda { $n } visita
        [many] quedan { $n } de visitas
       *[other] quedan { $n } visitas
    }
account-until = hasta { $date }
account-language = Idioma
account-speak = Cambiar idioma
account-stored = Qué se guarda sobre mí
account-stored-here = Esto es lo que el estudio guarda sobre usted. El archivo contiene lo mismo.
account-download = Descargar
account-you = Usted
account-name = Nombre
account-email = Correo electrónico
account-comment = Comentario
account-typed = Lo que escribió al reservar
account-consent = Aceptó la versión { $version } del aviso de privacidad.
account-memberships = Abonos
account-sign-ins = Dónde tiene la sesión iniciada
account-since = Un navegador, desde el { $date }
account-offline = No tiene conexión
account-offline-text = Sus fechas están a salvo y aparecerán cuando vuelva a tener conexión.
account-try-again = Intentar de nuevo
