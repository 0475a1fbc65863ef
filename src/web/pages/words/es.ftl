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
time-to = { $from } a { $to }
service-with-on = { $service } con { $member }, { $date }

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
problem = Problema: { $title }
see-all-events = Ver todas las clases
new-tab = (se abre en una pestaña nueva)
please-call =
    { $phone ->
        [none] Llame al estudio.
       *[given] Llame al estudio: { $phone }.
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
all-events = Todas las clases
skip-to-continue = Saltar a «Continuar»
your-date = Su fecha
date-sold-out = El { $date } está completo.
spots = Plazas
spots-hint = Para varias personas con un mismo teléfono.
each-hint = Un número de plazas para cada fecha.
same-for-all = Igual para todas las fechas
different-per-date = Un número distinto por fecha
book-another = Reservar otra fecha
show-all-weekdays = Mostrar todos los días
more-dates-for = Más fechas de { $service } con { $member }. Toque una fecha para ver solo ese día de la semana.
view-all-dates = Ver todas las fechas
show-n-more = Mostrar { $n } más
show-fewer-dates = Mostrar menos fechas
also-selected = También seleccionadas
separate-booking = Para otro profesional u otro servicio, haga una reserva aparte.
continue = Continuar
for-date = para el { $date }
on-date = el { $date }
clear-this-date = Quitar esta fecha
since-sold-out = Se completó después de elegirla
moved-now = Cambió de hora: ahora es el { $date }
cancelled-by-studio = Cancelada por el estudio
booking-has-closed = Reserva cerrada
already-yours = Ya tiene esta fecha
not-offered = Ya no se ofrece
clear-sold-out = El { $date } está completo. Quite esta fecha para continuar.
clear-cancelled = El estudio canceló el { $date }. Quite esta fecha para continuar.
clear-closed = La reserva para el { $date } está cerrada. Quite esta fecha para continuar.
clear-already-yours = Ya tiene reservado el { $date }. Quite esta fecha para continuar.
clear-not-offered = El { $date } ya no se ofrece. Quite esta fecha para continuar.
mixed-selection = Una reserva es para un solo profesional y un solo servicio. Haga una reserva aparte para las demás fechas.
nothing-ticked = No hay ninguna fecha seleccionada. Marque al menos una para continuar.
most-spots-per-date =
    { $max ->
        [one] Una reserva admite { $max } plaza por fecha.
        [many] Una reserva admite hasta { $max } de plazas por fecha.
       *[other] Una reserva admite hasta { $max } plazas por fecha.
    }
date-gone-title = Esta fecha ya no se ofrece
date-gone = Esta fecha ya no se ofrece.

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
your-details = Sus datos
confirm-booking = Confirmar la reserva
your-selection = Su selección
cancel-until = cancelación en línea hasta el { $date }
cancelling-has-closed = Esta fecha ya no se puede cancelar en línea.
in-all = { $dates }, { $spots } en total
call-to-change =
    { $phone ->
        [none] Para cancelar o cambiar una fecha, llame al estudio.
       *[given] Para cancelar o cambiar una fecha, llame al estudio: { $phone }.
    }
change-selection = Cambiar la selección
contact-details = Datos de contacto
name = Nombre
phone = Teléfono
phone-hint = Para mensajes sobre sus fechas.
email = Correo electrónico
email-optional = Correo electrónico (opcional)
comment = Comentario
comment-optional = Comentario (opcional)
book-with-membership = Reservar con abono
needs-membership = { $service } requiere un abono. Lo buscamos por su número de teléfono.
please-name = Escriba un nombre.
please-phone = Escriba un número de teléfono, como 030 23125 014 o +49 30 23125 014.
please-email = Escriba una dirección de correo; el estudio la pide.
email-incomplete = Esta dirección de correo parece incompleta.
shorten-comment = Acorte el comentario a 2000 caracteres.
please-comment = Añada un comentario; el estudio lo pide.
please-check = Revise este dato.
please-agree = Acepte el aviso de privacidad para reservar.
code-sent = Hemos enviado 6 cifras al { $phone }.
code-sent-again = Hemos enviado otras 6 cifras al { $phone }; las anteriores ya no valen.
nothing-booked-yet = Todavía no se ha reservado nada.
change-number = Cambiar el número
code-message = { $code } es su código para confirmar su reserva en { $studio }. Vale 10 minutos. Nadie del estudio se lo pedirá.

## What was booked

booked-title =
    { $n ->
        [one] Su fecha está reservada
        [many] { $n } de fechas están reservadas
       *[other] { $n } fechas están reservadas
    }
partly-booked = { $n } de { $max } fechas están reservadas
none-booked = Ya no queda ninguna fecha reservada
your-appointments = Sus citas
not-booked = Sin reservar: { $dates }.
not-booked-date = { $date }, { $why }
why-sold-out = completo
see-other-dates = Ver otras fechas
all-in-one-file = Todas las fechas en un archivo de calendario
book-something-else = Reservar otra cosa
each-stands-alone = Cada fecha es independiente: cambiar una deja las demás como están.
keep-address = No comparta esta dirección: abre sus citas.
result-mail-on-its-way = Los datos también van en camino a { $address }.
result-mailed = Los datos también se enviaron a { $address }.
result-text-on-its-way = Los datos también van en camino por SMS.
result-texted = Los datos también se enviaron por SMS.

## Why nothing was booked

not-booked-because = Todavía no se ha reservado nada: { $why }.
something-changed = Todavía no se ha reservado nada: algo cambió mientras usted estaba aquí.
is-now = El { $was } ahora es el { $is }.
takes-now =
    { $max ->
        [one] Una reserva admite ahora { $max } fecha; usted tiene { $n }.
        [many] Una reserva admite ahora hasta { $max } de fechas; usted tiene { $n }.
       *[other] Una reserva admite ahora hasta { $max } fechas; usted tiene { $n }.
    }
prepayment-now = El estudio ahora cobra en línea, por lo que las fechas se reservan de una en una.
consent-now = El aviso de privacidad cambió; léalo y acéptelo de nuevo.
no-date-selected = No hay ninguna fecha seleccionada.
choose-dates = Elegir fechas
choose-another-date = Elegir otra fecha
choose-again = Elegir estas fechas de nuevo
selection-expired = Esta selección ha caducado. No se ha reservado nada. Las selecciones duran 24 horas.
selection-edited = Esta selección ha terminado. No se ha reservado nada. Se cambió demasiadas veces.
not-booked-page-closed = Todavía no se ha reservado nada: esta página de reservas está cerrada.
not-booked-enough-codes = Todavía no se ha reservado nada: hoy no se envían más códigos a este número. Inténtelo de nuevo mañana.
not-booked-no-codes = Todavía no se ha reservado nada: hace falta un código y en este momento no se puede enviar ninguno.
filled-up =
    { $n ->
        [one] El { $date } se completó hace un momento.
        [many] { $n } de fechas se completaron hace un momento.
       *[other] { $n } fechas se completaron hace un momento.
    }
take-on =
    { $n ->
        [one] Tomar { $n } plaza el { $date }
        [many] Tomar { $n } de plazas el { $date }
       *[other] Tomar { $n } plazas el { $date }
    }
not-booked-already-yours = Todavía no se ha reservado nada: ya tiene reservado el { $date }.
not-booked-cancelled = Todavía no se ha reservado nada: el estudio canceló el { $date }.
not-booked-most-spots =
    { $max ->
        [one] Todavía no se ha reservado nada: una reserva admite { $max } plaza por fecha.
        [many] Todavía no se ha reservado nada: una reserva admite hasta { $max } de plazas por fecha.
       *[other] Todavía no se ha reservado nada: una reserva admite hasta { $max } plazas por fecha.
    }
not-booked-closed = Todavía no se ha reservado nada: la reserva para el { $date } está cerrada.
not-booked-membership = Todavía no se ha reservado nada: no encontramos ningún abono para { $service } con este número.
book-without-membership = Reservar sin abono
take-instead = Tomar el { $date } en su lugar
take-instead-of = Tomar el { $date } en lugar del { $full }
line-sold-out = Completo.
line-left =
    { $n ->
        [one] Queda { $n } plaza.
        [many] Quedan { $n } de plazas.
       *[other] Quedan { $n } plazas.
    }
line-most-spots =
    { $max ->
        [one] Hasta { $max } plaza.
        [many] Hasta { $max } de plazas.
       *[other] Hasta { $max } plazas.
    }
line-cancelled = Cancelada por el estudio.
line-already-yours = Ya tiene esta fecha.
line-no-membership = Ningún abono es válido.
line-moved = Cambiada de hora por el estudio.
line-closed = Reserva cerrada.

## One appointment

status-booked = Reservada
status-moved = Cambiada
status-past = Pasada
status-cancelled = Cancelada
reference = Referencia { $reference }
add-to-google = Añadir a Google Calendar
calendar-file = Archivo de calendario
reschedule = Cambiar la fecha
fewer-spots = Menos plazas
cancel = Cancelar
was-date = Antes: { $date }.
now-with = Ahora con { $member }.
you-cancelled-on = Usted canceló esta fecha el { $date }.
studio-cancelled-on = El estudio canceló esta fecha el { $date }.
date-over = Esta fecha ya pasó.
can-change-until =
    { $what ->
        [cancel] Puede cancelar en línea hasta el { $date }.
       *[move] Puede cambiar la fecha en línea hasta el { $date }.
    }
changing-ended =
    { $what ->
        [cancel] La cancelación en línea terminó el { $date }.
       *[move] El cambio de fecha en línea terminó el { $date }.
    }
call-to-cancel =
    { $phone ->
        [none] Para cancelar, llame al estudio.
       *[given] Para cancelar, llame al estudio: { $phone }.
    }
call-to-move =
    { $phone ->
        [none] Para cambiar la fecha, llame al estudio.
       *[given] Para cambiar la fecha, llame al estudio: { $phone }.
    }
nothing-changed = No se ha cambiado nada.
nothing-changed-because = No se ha cambiado nada: { $why }.
not-changed-ended =
    { $what ->
        [cancel] No se ha cambiado nada: la cancelación en línea terminó el { $date }.
       *[move] No se ha cambiado nada: el cambio de fecha en línea terminó el { $date }.
    }
not-changed-off =
    { $what ->
        [cancel] No se ha cambiado nada: no se ofrece la cancelación en línea.
       *[move] No se ha cambiado nada: no se ofrece el cambio de fecha en línea.
    }
book-date-again = Reservar esta fecha de nuevo
date-cancelled = La fecha del { $date } está cancelada.
moved-to = Cambiada al { $date }. Sus plazas anteriores vuelven a estar libres.
you-keep =
    { $n ->
        [one] Conserva { $n } plaza el { $date }.
        [many] Conserva { $n } de plazas el { $date }.
       *[other] Conserva { $n } plazas el { $date }.
    }
cancel-date = ¿Cancelar el { $date }?
spots-become-free =
    { $n ->
        [one] Su plaza queda libre.
        [many] Sus { $n } de plazas quedan libres.
       *[other] Sus { $n } plazas quedan libres.
    }
others-stay = Sus demás fechas siguen reservadas.
cancel-this-date = Cancelar esta fecha
keep-it = Conservarla
move-date = Cambiar el { $date }
no-other-fits = Ahora mismo no encaja ninguna otra fecha. Sigue teniendo el { $date }.
new-date = Fecha nueva
move-to-this = Cambiar a esta fecha
choose-date-to-move = Elija la fecha nueva.
still-have = Sigue teniendo el { $date }.
that-date = Esa fecha
does-not-fit = { $date } no encaja: { $why }.
already-have = Ya tiene reservado el { $date }.
membership-not-cover = Su abono no cubre el { $date }.
closed-for = La reserva para el { $date } está cerrada.
keep-how-many = ¿Cuántas plazas conserva?
of-spots = de { $n }
keep-these = Conservar estas plazas
keep-all = Conservar todas
enter-spots-kept = Indique cuántas plazas conserva.

## When a page could not be made

no-connection = Sin conexión
nothing-was-booked = No se ha reservado nada. Lo que eligió y escribió sigue aquí.
not-sure = Todavía no lo sabemos
unsure-booking = No pudimos ver si su reserva llegó. Compruébelo de nuevo: no se reserva nada dos veces.
unsure-change = No pudimos ver si su cambio llegó. Compruébelo de nuevo: no se hace dos veces.
check-again = Comprobar de nuevo
very-busy = Ahora mismo hay mucha demanda
not-taken-in = Este paso no se admitió, así que no se ha cambiado nada.
one-moment = Un momento, por favor
many-requests = Desde su conexión llegaron muchas solicitudes. No se ha cambiado nada.
try-again = Reintentar
opens-nothing = Esta dirección no abre nada
cut-off = Puede que esté incompleta o que haya caducado.
ask-the-studio = Pregunte en el estudio.
ask-or-sign-in = Pregunte en el estudio o inicie sesión con su número de teléfono.
open-on-its-own = Abra esta página por separado
framed = El sitio que rodea esta página no le permite enviar formularios. No se ha reservado nada.
open-in-new-tab = Abrir en una pestaña nueva
did-not-work = Esto no ha funcionado
back = Volver
our-side = Algo ha fallado por nuestra parte
tell-the-number = No se ha cambiado nada. Si vuelve a ocurrir, indique al estudio este número: { $request }.
request-number = Solicitud { $request }
why-too-large = el formulario es demasiado grande
why-broke-off = la solicitud se interrumpió

## Why a rule said no, as it stands after a colon

refused-no-such =
    { $what ->
        [appointment] no existe esa cita
        [booking-link] no existe ese enlace de reserva
        [branch] no existe esa sucursal
        [cart] no existe esa selección
        [event] no existe esa clase
        [service] no existe ese servicio
        [team-member] no existe ese profesional
       *[thing] eso no existe
    }
refused-stale = esto se cambió mientras tanto; ahora es la versión { $version }
refused-key-reused = esta clave de idempotencia pertenece a otra solicitud
refused-no-such-time = el reloj se salta esta hora; las vecinas son { $earlier } y { $later }
refused-not-booked = no se ha reservado nada, porque no todas las clases se pueden reservar
obstacle-not-enough-spots =
    { $left ->
        [one] queda { $left } plaza y se pidieron { $asked }
        [many] quedan { $left } de plazas y se pidieron { $asked }
       *[other] quedan { $left } plazas y se pidieron { $asked }
    }
obstacle-activity-cancelled = el estudio canceló esta clase
obstacle-booking-closed = esta clase está cerrada a la reserva en línea
obstacle-already-started = esta clase ya ha empezado
obstacle-too-soon = esta clase empieza demasiado pronto para reservarla en línea
obstacle-too-far-ahead = falta demasiado para esta clase para reservarla en línea
obstacle-not-offered = esta clase no se ofrece aquí
obstacle-activity-moved = esta clase cambió de hora
obstacle-already-booked = el cliente ya tiene esta clase
obstacle-no-membership = ningún abono es válido para esta clase
obstacle-too-many-spots =
    { $max ->
        [one] una reserva admite { $max } plaza por clase
        [many] una reserva admite hasta { $max } de plazas por clase
       *[other] una reserva admite hasta { $max } plazas por clase
    }
cart-not-found = no existe esa selección
cart-not-confirmed = esta selección sigue abierta
cart-different-team-members = todas las clases de una reserva son con el mismo profesional
cart-different-services = todas las clases de una reserva son del mismo servicio
cart-too-many-events =
    { $max ->
        [one] solo se puede reservar { $max } clase a la vez
        [many] se pueden reservar como máximo { $max } de clases a la vez
       *[other] se pueden reservar como máximo { $max } clases a la vez
    }
cart-prepayment-enabled = mientras el pago previo en línea está activado, las clases se reservan de una en una
cart-prepayment-required = una clase con pago previo obligatorio se reserva sola
cart-not-selected = esta clase no está seleccionada
cart-nothing-selected = no hay ninguna clase seleccionada
cart-already-confirmed = esta selección ya está confirmada
cart-expired = esta selección ha caducado; las selecciones duran 24 horas
cart-too-many-edits = esta selección se cambió demasiadas veces y ha terminado
cart-link-closed = esta página de reservas está cerrada
cart-consent-missing = acepte las condiciones del estudio
cart-consent-changed = las condiciones del estudio han cambiado; acéptelas de nuevo
cart-email-missing = este enlace pide una dirección de correo
cart-comment-missing = este enlace pide un comentario
cart-phone-code-needed = el número de teléfono debe confirmarse con un código
cart-items-refused =
    { $n ->
        [one] { $n } de las clases no se puede reservar
        [many] { $n } de las clases no se pueden reservar
       *[other] { $n } de las clases no se pueden reservar
    }
activity-already-scheduled = esta clase se programó de otra manera
activity-capacity-below-taken =
    { $n ->
        [one] ya hay { $n } plaza ocupada
        [many] ya hay { $n } de plazas ocupadas
       *[other] ya hay { $n } plazas ocupadas
    }
appointment-already-booked = esta cita se reservó de otra manera
appointment-cancelled = esta cita está cancelada
appointment-changing-off =
    { $what ->
        [cancel] aquí no se cancela en línea, llame al estudio
       *[move] aquí no se cambia la fecha en línea, llame al estudio
    }
appointment-changing-ended =
    { $what ->
        [cancel] la cancelación en línea terminó el { $date }
       *[move] el cambio de fecha en línea terminó el { $date }
    }
appointment-different-team-members = una cita se cambia a una clase con el mismo profesional
appointment-different-services = una cita se cambia a una clase del mismo servicio
appointment-not-fewer-spots =
    { $n ->
        [one] esta cita tiene { $n } plaza; se pueden conservar menos, no más
        [many] esta cita tiene { $n } de plazas; se pueden conservar menos, no más
       *[other] esta cita tiene { $n } plazas; se pueden conservar menos, no más
    }
branch-already-open = esta sucursal ya está abierta
link-already-created = este enlace de reserva ya existe
link-not-for-individual-links = los enlaces individuales reservan una cita cada vez
link-consent-empty = un texto de consentimiento dice algo; déjelo en blanco para no pedirlo
membership-already-granted = este abono se concedió con otras condiciones
client-erased = ese cliente ya no existe
client-upcoming-appointments =
    { $n ->
        [one] aún hay { $n } cita pendiente; se cancela en el mismo paso si así se pide
        [many] aún hay { $n } de citas pendientes; se cancelan en el mismo paso si así se pide
       *[other] aún hay { $n } citas pendientes; se cancelan en el mismo paso si así se pide
    }

## Staff

skip-to-content = Saltar al contenido
staff = Personal
staff-not-signed-in = Trabaja como: personal, sin iniciar sesión
journal = Agenda
booking-links = Enlaces de reserva
branch-rules = Reglas de la sucursal
changed-meanwhile = Alguien lo cambió mientras tanto, así que su cambio no se ha guardado.
journal-of = Agenda, { $date }
day-before = Día anterior
show-today = Hoy
day-after = Día siguiente
schedule = Horario
no-events-on-day = No hay clases este día.
next-day-with-events = Próximo día con clases
not-bookable-online = sin reserva en línea
event-cancelled = Cancelada
spots-taken-over = { $n } de { $max } ocupadas, { $over } de más
spots-taken-full = { $n } de { $max } ocupadas, completo
counts-and-free = { $counts }, { $n } libres
no-bookings-yet = Todavía no hay reservas.
move = Cambiar
move-to = Cambiar a
move-target = { $date }, { $service }, { $member }, { $n } libres
overbook = Sobrepasar el cupo a propósito
erased-client = Cliente borrado
cancelled-by-client = Cancelada por el cliente
appointment-was-cancelled = La cita está cancelada.
appointment-was-moved = La cita se ha cambiado de fecha.

## The journal

view-day = Día
view-week = Semana
week-before = Semana anterior
week-after = Semana siguiente
journal-week = Agenda, semana desde el { $date }
no-events-in-week = No hay clases esta semana.
name-or-phone = Nombre o teléfono
search = Buscar
nobody-found = No se ha encontrado a nadie. Pruebe con parte del nombre o las últimas cifras del teléfono.
showing-first = Se muestran { $n }. Escriba más para acotar.
appointments-for =
    { $n ->
        [one] { $n } cita para { $who }
        [many] { $n } de citas para { $who }
       *[other] { $n } citas para { $who }
    }
new-bookings =
    { $n ->
        [one] { $n } reserva nueva
        [many] { $n } de reservas nuevas
       *[other] { $n } reservas nuevas
    }
live-at = En directo, { $time }
live-paused = Las actualizaciones están en pausa desde las { $time }.
reload = Volver a cargar
drag-where = Suéltelo donde deba tener lugar
book-for-client = Reservar para un cliente
event = Clase
capacity = Cupo
move-event = Cambiar la clase
cancel-event = Cancelar la clase
replace-team-member = Sustituir al profesional
close-online-booking = Cerrar la reserva en línea
open-online-booking = Abrir la reserva en línea
event-was-cancelled = Esta clase está cancelada.
appointments = Citas
attendance = Asistencia
change = Modificar
arrived = Ha venido
no-show = No ha venido
booked-together-with = reservado junto con { $dates } (sin vínculo)
spots-were-reduced = La cita ocupa ahora menos plazas.
event-was-changed = La clase se ha modificado.
theirs = El cambio ajeno, guardado
yours = El suyo, sin guardar
save-mine = Guardar el mío
keep-theirs = Dejar el ajeno
save-anyway = Guardar de todos modos
clients-affected =
    { $n ->
        [one] Afecta a { $n } cliente.
        [many] Afecta a { $n } de clientes.
       *[other] Afecta a { $n } clientes.
    }
cannot-be-reached =
    { $n ->
        [one] No se puede avisar a { $n }.
        [many] No se puede avisar a { $n }.
       *[other] No se puede avisar a { $n }.
    }
please-tell-them = No se envía ningún mensaje: avíseles, por favor.
messages-tell-them = Se les avisa por correo o SMS.
please-tell-others =
    { $n ->
        [one] A { $n } no le llega ningún mensaje: avísele, por favor.
        [many] A { $n } de ellos no les llega ningún mensaje: avíselos, por favor.
       *[other] A { $n } no les llega ningún mensaje: avíselos, por favor.
    }
change-and-tell =
    { $n ->
        [one] { $change } y avisar a { $n } cliente
        [many] { $change } y avisar a { $n } de clientes
       *[other] { $change } y avisar a { $n } clientes
    }
no-message = sin mensaje
no-phone = no se le puede avisar
would-be-overbooked = Hay { $taken } plazas ocupadas. Con { $capacity } la clase supera el cupo en { $over }.
capacity-1-to-65535 = Escriba un número del 1 al 65535.
choose-team-member = Elija a un profesional.
enter-date = Escriba una fecha.
enter-time = Escriba una hora, como 18:30.
enter-minutes = Escriba cuántos minutos dura, del 1 al 1440.
date = Fecha
time = Hora
minutes-long = Duración en minutos
enter-spots-left = Escriba cuántas plazas conserva el cliente.
cancel-of-client = Cancelar: { $client }
move-of-client = Cambiar de fecha: { $client }
spots-of-client = Menos plazas: { $client }
cancel-this-appointment = Cancelar esta cita
move-this-appointment = Cambiar a esta fecha
own-deadline = El plazo del cliente terminó el { $date }. Usted aún puede cancelar.
own-deadline-moving = El plazo del cliente terminó el { $date }. Usted aún puede cambiarla.
date-filled-up = { $date } se ha llenado.
client-still-has = { $client } sigue teniendo { $date }.
client = Cliente
new-client = Cliente nuevo
choose-event = ¿Qué clase?
no-events-ahead = No hay clases previstas.
book-for = Reservar para { $client }
book = Reservar
book-again = Volver a reservar
booked-for =
    { $n ->
        [one] { $n } fecha reservada para { $client }.
        [many] { $n } de fechas reservadas para { $client }.
       *[other] { $n } fechas reservadas para { $client }.
    }
full-of = completo, { $n } de { $max }
n-free =
    { $n ->
        [one] { $n } libre
        [many] { $n } libres
       *[other] { $n } libres
    }
would-have-taken = El { $date } habría { $n } de { $max } ocupadas.
spots-1-to-255 = Escriba un número de plazas del 1 al 255.
needs-a-link = Cree antes un enlace de reserva: sus reglas valen para lo que se reserva aquí.
nothing-booked-because = Todavía no hay nada reservado: { $why }.
not-booked-full = Todavía no hay nada reservado: { $date } está completo.
booked-online-on = en línea, { $date }
booked-at-desk-on = en recepción, { $date }
not-booked-at-desk = Todavía no hay nada reservado: { $date }: { $why }.
client-already-has = Todavía no hay nada reservado: { $client } ya tiene { $date }.
memberships = Abonos
no-memberships = Sin abonos.
visits-left =
    { $n ->
        [one] queda { $n } visita
        [many] quedan { $n } de visitas
       *[other] quedan { $n } visitas
    }
visits-without-limit = visitas sin límite
until-day = hasta el { $date }
membership-released = aún sin usar
membership-frozen = congelado
membership-ended = terminado
grant-membership = Conceder un abono
covers-services = Vale para estos servicios; para todos si no marca ninguno
visits = Visitas
empty-no-limit = vacío: sin límite
last-day = Último día
grant = Conceder
membership-granted = El abono está concedido.
visits-please = Introduzca un número de visitas a partir de 1 o deje el campo vacío.
personal-data = Datos personales
export-client = Entregar como archivo
erase-client = Borrar este cliente
erase-what = Se destruyen el nombre, el teléfono, el correo y los comentarios, y terminan las sesiones y las direcciones privadas. Lo reservado se conserva sin nombre.
erase-for-good = Esto no se puede deshacer.
erase-with-dates =
    { $n ->
        [one] Cancelar { $n } cita pendiente
        [many] Cancelar { $n } de citas pendientes
       *[other] Cancelar { $n } citas pendientes
    }
erase-keep = Conservar el cliente
end-links = Anular direcciones privadas
end-links-what = Las direcciones de resultados, citas y calendario que recibió esta persona ya no abren nada, para nadie.
end-links-then = Lo reservado sigue reservado. Se encuentra al entrar con el número de teléfono.
end-links-keep = Conservar las direcciones
links-are-ended = Las direcciones privadas están anuladas.
client-is-erased = El cliente está borrado.
client-was-exported = Se entregaron los datos guardados
client-was-erased = Borrado
client-links-ended = Direcciones privadas anuladas

## What happened to an event

fact-scheduled = Prevista para el { $date } con { $n } plazas.
fact-capacity-set = El cupo se fijó en { $n }.
fact-moved = Cambiada del { $was } al { $date }.
fact-cancelled = La clase se canceló.
fact-team-member-replaced = { $member } sustituye a { $was }.
fact-booking-opened = Abierta a la reserva en línea.
fact-booking-closed = Cerrada a la reserva en línea.
fact-spots-taken =
    { $n ->
        [one] { $client } ocupó { $n } plaza.
        [many] { $client } ocupó { $n } de plazas.
       *[other] { $client } ocupó { $n } plazas.
    }
fact-overbooked =
    { $n ->
        [one] { $client } ocupó { $n } plaza, sobrepasando el cupo a propósito.
        [many] { $client } ocupó { $n } de plazas, sobrepasando el cupo a propósito.
       *[other] { $client } ocupó { $n } plazas, sobrepasando el cupo a propósito.
    }
fact-spots-released =
    { $n ->
        [one] { $client } dejó libre { $n } plaza.
        [many] { $client } dejó libres { $n } de plazas.
       *[other] { $client } dejó libres { $n } plazas.
    }
fact-spots-kept =
    { $n ->
        [one] { $client } conservó { $n } plaza.
        [many] { $client } conservó { $n } de plazas.
       *[other] { $client } conservó { $n } plazas.
    }
by-client = por el cliente
by-staff = por el personal, sin iniciar sesión
by-import = por una importación
by-demonstration = por la demostración
cause-booked = reservado en línea
cause-booked-at-desk = reservado para el cliente
cause-appointment-cancelled = se canceló una cita
cause-appointment-moved = se cambió una cita de fecha
cause-spots-reduced = una cita conserva menos plazas
cause-planned = la clase se planificó
cause-client-erased = se borró un cliente
cause-client-exported = se entregaron datos
cause-links-ended = se anularon direcciones privadas
cause-selected = se hizo una selección
cause-membership-granted = se concedió un abono
cause-attendance-noted = se anotó la asistencia
cause-settings-saved = se guardaron ajustes
cause-event-changed = se modificó la clase

## Settings

save = Guardar
saved = Guardado.
nothing-to-save = No hay nada que guardar.
not-saved-because = No se ha guardado nada: { $why }.
open-again = Ábralo de nuevo para verlo.
online-booking-links = Enlaces de reserva en línea
no-links-yet = Todavía no hay enlaces de reserva. Un enlace es la página donde reservan los clientes.
multiple-booking-is = Reserva de varias clases: { $setting }
multiple-off = Desactivada
multiple-paused = En pausa, el pago previo está activado
multiple-up-to =
    { $max ->
        [one] Hasta { $max } fecha
        [many] Hasta { $max } de fechas
       *[other] Hasta { $max } fechas
    }
set-up = Configurar
new-link = Nuevo enlace
kind = Tipo
kind-group = Grupo
kind-mixed = Mixto
kind-individual = Individual
name-wrong = Escriba un nombre: un nombre tiene de 1 a { $n } caracteres y ningún carácter de control.
this-link = Este enlace
clients-can-book-here = Los clientes pueden reservar aquí
what-clients-can-book = Qué pueden reservar los clientes
with-member = con { $member }
earliest-hours = Se reserva hasta, horas antes
latest-days = Se reserva desde, días antes
multiple-event-booking = Reserva de varias clases
allow-multiple = Permitir que los clientes reserven varias clases
how-many-at-once = Cuántas clases a la vez
dates-in-one-booking = Fechas en una reserva.
spots-are-set-in-rules = Las plazas por fecha se fijan en las reglas de la sucursal.
with-one-no-book-another = Con 1, los clientes no ven «Reservar otra fecha».
prepayment-is-on = El pago previo en línea está activado en esta sucursal, por lo que los clientes reservan las fechas de una en una.
contact-form = Formulario de contacto
off = no
on = sí
optional = opcional
required = obligatorio
consent-text = Texto de consentimiento
phone-code = Los clientes confirman su número de teléfono con un código
phone-code-hint = Antes de reservar reciben 6 cifras por SMS: un código para todas las fechas.
phone-codes-not-set-up = Aquí todavía no se pueden enviar códigos: con esto activado, los clientes no pueden reservar en línea.
choose-1-to-10 = Elija un número del 1 al 10.
hours-0-to-8760 = Escriba un número de horas de 0 a 8760.
days-1-to-3650 = Escriba un número de días de 1 a 3650.
number-2-to-255 = Escriba un número del 2 al 255.
online-prepayment = Pago previo en línea
prepayment-hint = Mientras está activado, los clientes reservan las fechas de una en una. Enlaces con «Reserva de varias clases»: { $n }.
several-spots = Permitir ocupar varias plazas en una reserva
up-to-per-date = hasta, por fecha (de 2 a 255)
set-change-rules = Reglas de cancelación y cambio de fecha
clients-can-cancel = Los clientes pueden cancelar
clients-can-reschedule = Los clientes pueden cambiar la fecha
until-hours = hasta tantas horas antes del comienzo
hours-hint = 0 es hasta que empieza. También vale para las fechas ya reservadas.
reminders = Recordatorios
remind-clients = Recordar a los clientes sus fechas
remind-hours = tantas horas antes del comienzo
hours-1-to-8760 = Escriba un número de horas de 1 a 8760.
nobody-is-reminded = Los mensajes no están configurados aquí, así que todavía no se recuerda a nadie.
same-client-twice = El mismo cliente dos veces en una clase
refuse = rechazar
allow = permitir
the-studio = El estudio
phone-to-call = Teléfono al que deben llamar los clientes
time-zone-hint = Las fechas previstas conservan su momento; solo cambia el reloj con el que se muestran.
line-please = Introduzca hasta 200 caracteres en una línea.
time-zone-please = Elija una zona horaria.
country-please = Introduzca las dos letras de un país, como ES.

## History of settings

history = Historial
changed-by = Cambiado por: { $who }
who-staff = personal, sin iniciar sesión
who-client = el propio cliente
who-import = una importación
who-demonstration = la demostración
change-was-now = { $what }: antes { $was }; ahora { $is }
change-now = { $what }: { $is }
services = Servicios
team-members = Profesionales
earliest = Se reserva hasta
latest = Se reserva desde
time-zone = Zona horaria
country = País de los teléfonos
address = Dirección
multiple-spots = Varias plazas en una reserva
yes = sí
no = no
all = todos
none = ninguno
of-kind =
    { $kind ->
        [individual] individual
        [group] grupo
       *[mixed] mixto
    }
the-start = el comienzo
hours-before =
    { $n ->
        [one] { $n } hora antes del comienzo
        [many] { $n } de horas antes del comienzo
       *[other] { $n } horas antes del comienzo
    }
minutes-before =
    { $n ->
        [one] { $n } minuto antes del comienzo
        [many] { $n } de minutos antes del comienzo
       *[other] { $n } minutos antes del comienzo
    }
days-ahead =
    { $n ->
        [one] con { $n } día de antelación
        [many] con { $n } de días de antelación
       *[other] con { $n } días de antelación
    }
up-to-events =
    { $n ->
        [one] hasta { $n } clase
        [many] hasta { $n } de clases
       *[other] hasta { $n } clases
    }
up-to-spots =
    { $n ->
        [one] hasta { $n } plaza
        [many] hasta { $n } de plazas
       *[other] hasta { $n } plazas
    }
yes-until = sí, hasta { $until }
no-until = no; si se activa, hasta { $until }
refused = rechazado
allowed = permitido

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
print = Imprimir

## Looks of a link

colour = Color
light-or-dark = Claro u oscuro
language = Idioma
sites = Sitios que pueden incrustarlo
by-device = según el dispositivo
light = claro
dark = oscuro
by-browser = según el navegador
any-site = cualquiera
look-and-sites = Aspecto y sitios
sites-hint = Cada sitio va en su propia línea. Sin ninguno, cualquier sitio puede incrustarlo.
colour-please = Escriba un color como #0f6b5f o deje el campo vacío.
sites-please = Escriba direcciones como https://studio.example, sin ruta.
deeper-shade = Los enlaces usan un tono más oscuro, { $shade }, para que sigan siendo legibles.
put-on-site = Póngalo en su sitio
two-lines = Dos líneas para su página, con la dirección de su Cartwheel en lugar de https://book.example:
two-lines-ready = Dos líneas para su página:
look-at-widget = Ver el widget

## The account

account-my = Mis citas
account-sign-in = Iniciar sesión
account-by-text = Enviamos un código por SMS.
account-send-code = Enviar código
account-not-set-up = Aquí todavía no se puede iniciar sesión.
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
account-erase = Borrar mis datos
account-erase-what = Se destruyen su nombre, su teléfono, su correo y sus comentarios, y se cierran todas sus sesiones. Lo que reservó queda en el estudio sin su nombre.
account-erase-dates =
    { $n ->
        [one] Se cancela su próxima fecha.
        [many] Se cancelan sus { $n } de próximas fechas.
       *[other] Se cancelan sus { $n } próximas fechas.
    }
account-erase-for-good = Esto no se puede deshacer.
account-keep = Conservar mis datos
account-erased = Sus datos están borrados.
account-links = Direcciones privadas
account-links-what = Quien tenga la dirección de uno de sus resultados, de una cita o de su calendario puede abrirla. ¿Alguna llegó a manos ajenas? Anúlelas todas; aquí lo sigue encontrando todo.
account-end-links = Anular mis direcciones privadas
account-links-ended = Sus direcciones privadas están anuladas.
account-you = Usted
account-typed = Lo que escribió al reservar
account-consent = Aceptó la versión { $version } del aviso de privacidad.
account-memberships = Abonos
account-sign-ins = Dónde tiene la sesión iniciada
account-since = Un navegador, desde el { $date }
account-feed-since = Una dirección privada, desde el { $date }
account-offline = No tiene conexión
account-offline-text = Sus fechas están a salvo y aparecerán cuando vuelva a tener conexión.
account-mailbox = Buzón de desarrollo
account-mailbox-hint = Nada de esto ha salido de este equipo. Quien pueda abrir esta página puede iniciar sesión como cualquiera.
account-mailbox-empty = Todavía no hay mensajes.
account-text-to = SMS a { $to }

## Calendar feeds

feed-title = Suscripción de calendario
feed-hint = Una dirección privada para su aplicación de calendario; sigue los cambios y las cancelaciones.
feed-address = Dirección
copy-address = Copiar la dirección
copy-lines = Copiar las líneas
copied = Copiada
feed-make = Crear una dirección
feed-renew = Crear una dirección nueva
feed-old-ends = La anterior deja de funcionar.

## Catalogue and team

catalogue = Catálogo
team = Equipo
new-service = Servicio nuevo
price-per-visit = Precio
currency = Moneda
booking-with-membership = Reserva con abono
paid-before-visit = Debe pagarse en línea antes de la visita
add-service = Añadir servicio
new-team-member = Nuevo miembro del equipo
feed-of-dates = Suscripción de calendario de sus clases
enter-name = Escriba un nombre.
enter-amount = Escriba un importe como 15 o 12.50.
enter-currency = Escriba un código de moneda como EUR.

## Import of a timetable

timetable = Horario
timetable-import = Importar un horario
import-file = Archivo CSV
import-columns = Columnas: service, teacher, starts_local (como 2027-01-04T18:30), duration_minutes; si el archivo las tiene, también venue, teacher_id y status (available o unavailable).
import-times = Las horas del archivo se leen como las muestran los relojes de { $city }.
import-capacity = Plazas de cada clase
import-first-week = La primera semana empieza el
import-weeks = Durante tantas semanas
import-adds = Importar otra vez solo añade lo que falta. Lo que usted haya cambiado se queda como está.
preview = Vista previa
choose-file = Elija un archivo CSV.
file-too-large = Este archivo ocupa más de 1 MB. No se ha importado nada.
no-column = Este archivo no tiene la columna { $column }. No se ha importado nada.
not-csv = Este archivo no se puede leer como CSV. No se ha importado nada.
other-venues = Este archivo es de varios locales ({ $venues }) y ninguno es { $branch }. No se ha importado nada.
too-many-events = Son { $n } clases y una importación admite hasta { $max }. Elija menos semanas.
date-please = Introduzca una fecha.
weeks-1-to-104 = Introduzca un número del 1 al 104.
import-events =
    { $n ->
        [one] { $n } clase
        [many] { $n } de clases
       *[other] { $n } clases
    }
import-new =
    { $n ->
        [one] { $n } nueva
        [many] { $n } nuevas
       *[other] { $n } nuevas
    }
import-there = ya están: { $n }
import-closed = cerradas a la reserva en línea: { $n }
import-skipped =
    { $n ->
        [one] { $n } línea omitida
        [many] { $n } de líneas omitidas
       *[other] { $n } líneas omitidas
    }
line-note = Línea { $line }: { $text }
more-lines =
    { $n ->
        [one] y { $n } línea más
        [many] y { $n } de líneas más
       *[other] y { $n } líneas más
    }
line-fields = tiene { $has } campos en lugar de { $n }; omitida
line-not-utf8 = no está en UTF-8; omitida
line-empty = no tiene nada en la columna { $column }; omitida
line-no-name = tiene en la columna { $column } algo demasiado largo o que no es texto simple; omitida
line-status = no dice available ni unavailable sino «{ $text }»; omitida
line-no-start = no tiene un comienzo como 2027-01-04T18:30 sino «{ $text }»; omitida
line-no-minutes = no tiene un número de minutos del 1 al 1440 sino «{ $text }»; omitida
line-leaves-calendar = se sale del calendario; omitida
line-same-as = es la misma clase que la línea { $line }; omitida
line-other-venue = es de { $venue }; omitida
line-shifted = { $date } no existe (el reloj se adelanta); pasa a ser { $time }
import-nothing-new = Todo lo que hay en este archivo ya está aquí.
import-nothing = Ninguna línea de este archivo se puede importar.
import-these =
    { $n ->
        [one] Importar { $n } clase
        [many] Importar { $n } de clases
       *[other] Importar { $n } clases
    }
other-file = Elegir otro archivo
preview-ended = Esta vista previa ha terminado. Elija el archivo otra vez.
import-running = Se han importado { $done } de { $n } clases. Puede salir de esta página; la importación continúa.
import-stopped = La importación se detuvo tras { $done } de { $n } clases. No se ha perdido nada y nada se añade dos veces.
import-rest = Importar el resto
show-progress = Mostrar cuánto lleva
imported =
    { $n ->
        [one] { $n } clase importada.
        [many] { $n } de clases importadas.
       *[other] { $n } clases importadas.
    }
open-journal = Abrir la agenda

## The audit

audit = Auditoría
audit-what = Qué
audit-everything = Toda la sucursal
audit-kind-cart = Selección
audit-kind-activity = Evento
audit-kind-appointment = Cita
audit-kind-client = Cliente
audit-kind-link = Enlace de reserva
audit-kind-branch = Sucursal
audit-id = Identificador
audit-from = Desde
audit-to = Hasta
audit-when = Una posición del registro, como 120, o un momento, como 2027-01-04T10:00:00Z. De toda la sucursal se muestra lo que cambió entre ambos.
audit-show = Mostrar
audit-id-please = Introduzca el identificador de lo que busca.
audit-moment-please = Introduzca una posición, como 120, o un momento, como 2027-01-04T10:00:00Z.
audit-too-much = Entre medias ocurrió demasiado. Elija dos puntos más cercanos.
audit-nothing = No hay nada registrado de esto.
audit-nothing-changed = Entre medias no se registró nada.
audit-next = Página siguiente
audit-state = Cómo estaba en la posición { $n }
audit-difference = Qué cambió de la posición { $from } a la posición { $to }
audit-more = No se muestran por ser demasiados: { $n }
audit-signed = El registro se firmó por última vez el { $date }, en la posición { $n }, y sigue como entonces.
audit-differs = El registro no está como cuando se firmó el { $date }, en la posición { $n }: { $what }
audit-never-signed = El registro aún no se ha firmado.
audit-refusals = Qué se rechazó
audit-refusals-bounded = Esto no forma parte del registro. Los rechazos se conservan 7 días, los 5000 más recientes, y no todos si hay muchísimos a la vez.
audit-no-refusals = Últimamente no se rechazó nada.
fact-branch-opened = Se abrió la sucursal { $name }.
fact-details-set = Se fijaron los datos de la sucursal.
fact-rules-set = Se fijaron las reglas de la sucursal.
fact-service-added = Se añadió el servicio { $name }.
fact-service-set = Se fijó el servicio { $name }.
fact-member-added = { $name } se incorporó al equipo.
fact-member-renamed = Alguien del equipo se llama ahora { $name }.
fact-link-created = Se creó el enlace de reserva.
fact-link-set-up = El enlace de reserva se configuró de nuevo.
fact-link-dressed = Se fijó el aspecto del enlace de reserva.
fact-cart-opened = Se empezó una selección.
fact-selection-made = Se fijó la selección. Fechas: { $n }.
fact-spots-set = Se fijaron las plazas de una fecha. Plazas: { $n }.
fact-confirmed = Se confirmó todo a la vez. Fechas: { $n }.
fact-items-refused = No se pudo reservar todo. Fechas: { $n }.
fact-booked = Reservado para el { $date }. Plazas: { $n }.
fact-cancelled-by-client = Cancelado por el cliente.
fact-cancelled-by-staff = Cancelado por el personal.
fact-cancelled-by-studio = Cancelado por el estudio, con el evento.
fact-rescheduled = Cambiado de { $was } a { $date }.
fact-spots-reduced = Menos plazas: { $n } en lugar de { $was }.
fact-appointment-moved = El estudio pasó el evento al { $date }.
fact-arrived = El cliente vino.
fact-no-show = El cliente no vino.
fact-attendance-taken-back = Se retiró la nota de asistencia.
fact-membership-granted = Se concedió el abono { $name }.

## Integrations

integrations = Integraciones
webhooks = Webhooks
webhooks-are = Cuando algo se reserva o cambia, se avisa a estas direcciones, con firma y sin nombres ni números de clientes.
no-webhooks-yet = Todavía no hay webhooks.
new-webhook = Nuevo webhook
webhook-address = Dirección
add-webhook = Añadir webhook
webhook = Configurar webhook
webhook-everything = Todo
webhook-kinds =
    { $n ->
        [one] { $n } tipo de hecho
        [many] { $n } de tipos de hechos
       *[other] { $n } tipos de hechos
    }
webhook-on = Activado.
webhook-off = Desactivado.
webhook-failing = Activado, pero desde el { $date } no llega nada. Se sigue intentando durante tres días.
webhook-gone = Desactivado el { $date }: respondió que ya no existe.
webhook-gave-up = Desactivado el { $date }: durante tres días no llegó nada.
webhook-secret = Secreto
webhook-secret-shown = Visible hasta las { $time }. Guárdelo donde se comprueban las firmas.
webhook-copy-secret = Copiar el secreto
webhook-active = Enviar a esta dirección
webhook-what = Qué se envía
webhook-all = Todo, también lo que añadan versiones posteriores
webhook-only = Solo lo marcado
facts-appointment = Citas
facts-cart = Selecciones
facts-activity = Eventos
facts-membership = Abonos
facts-client = Clientes
facts-link = Enlaces de reserva
facts-branch = Estudio
webhook-send-test = Enviar un evento de prueba
webhook-test-sent = Un evento de prueba está en camino.
webhook-new-secret = Crear un secreto nuevo
webhook-overlap = Durante 24 horas también firma el secreto anterior.
webhook-old-secret = El secreto anterior también firma hasta el { $date }.
webhook-delete = Eliminar webhook
webhook-delete-title = ¿Eliminar este webhook?
webhook-delete-means = Lo que aún lo espera ya no se envía.
webhook-deleted = El webhook se ha eliminado.
webhook-deliveries = Lo enviado en los últimos 30 días
webhook-no-deliveries = Todavía no se ha enviado nada.
delivery-waiting = En espera, próximo intento el { $date }
delivery-delivered = Recibido
delivery-failed = No llegó
delivery-dropped = Ya no se envía
outcome-delivered = aceptado con { $status }
outcome-status = respondió con { $status }
outcome-gone = respondió con { $status }, ya no existe
outcome-timed-out = sin respuesta en 10 segundos
outcome-no-connection = sin conexión, o se cortó
outcome-no-such-name = nadie conoce este nombre
outcome-private-address = no se llamó, no se alcanza por internet
outcome-switched-off = no se llamó, está desactivado
outcome-not-sent = no se envió
milliseconds = { $n } ms
webhook-send-again = Enviar de nuevo
webhook-sent-again = Está de nuevo en camino.
webhook-older = Mostrar anteriores
webhook-too-many = No se guardó nada: un estudio tiene hasta 20 webhooks.
webhook-url-wrong = Introduzca una dirección como https://example.org/hooks.
webhook-url-https = La dirección tiene que empezar por https://.
webhook-url-private = Esta dirección no se alcanza por internet. Introduzca otra.
webhook-types-none = Marque al menos un tipo o elija todo.

## Messages

letter-greeting = Hola, { $name }:
letter-booked = { $title }: { $what }
letter-open-date = Ver o cambiar esta fecha
letter-open-all = Todas las fechas
letter-call = ¿Preguntas? Llame al { $phone }.
letter-cancelled = Cancelado: { $what }, { $date }
letter-you-cancelled = { $what } del { $date } está cancelado, como pidió.
letter-studio-cancelled = Hemos tenido que cancelar { $what } del { $date }.
letter-moved = Nueva fecha: { $what }, { $date }
letter-studio-moved = Hemos tenido que mover { $what } del { $was } al { $date }.
letter-rescheduled = { $what } se ha movido del { $was } al { $date }.
letter-now-with = Ahora con { $member }: { $service }, { $date }
letter-replaced = { $service } del { $date } es ahora con { $member } en lugar de { $before }.
letter-reminder = Recordatorio: { $what }, { $date }
letter-remind = Le esperamos: { $what } el { $date }.
account-mail-to = Correo a { $to }
mailbox-invitations =
    { $n ->
        [one] con { $n } fecha para el calendario
        [many] con { $n } de fechas para el calendario
       *[other] con { $n } fechas para el calendario
    }

## Signing in as staff

staff-login = Usuario o correo
staff-password = Contraseña
staff-wrong = Este usuario y esta contraseña no coinciden.
staff-begin-again = Escriba su contraseña una vez más.
staff-password-set = Su contraseña está guardada. Inicie sesión.
staff-other-login = Otro usuario
staff-code-hint = 6 cifras de su aplicación o uno de sus códigos en papel.
staff-wrong-code = Este código no coincide o ya se usó.
staff-code-closed =
    { $n ->
        [one] Se probaron demasiados códigos. Vuelva a intentarlo en { $n } minuto.
        [many] Se probaron demasiados códigos. Vuelva a intentarlo en { $n } de minutos.
       *[other] Se probaron demasiados códigos. Vuelva a intentarlo en { $n } minutos.
    }
staff-not-yet-title = Todavía nadie puede iniciar sesión
staff-not-yet = Quien opera este servicio crea al primer propietario de un estudio con esta orden:
staff-until-owner = Hasta que haya un propietario, cualquiera en este equipo puede usar estas páginas; se crea con
staff-you-are = Trabaja como: { $name }, { $role }
staff-choose-password = Elija una contraseña
staff-for-login = Inicia sesión como { $login }.
staff-new-password = Contraseña nueva
staff-password-hint = 12 caracteres o más. Varias palabras se recuerdan bien.
staff-password-short = Elija una contraseña de 12 a 200 caracteres, no todos iguales.
staff-save-password = Guardar la contraseña
staff-your-studios = Sus estudios
staff-no-studio = En este momento no trabaja en ningún estudio.
staff-my-sign-in = Mi acceso
staff-current-password = Contraseña actual
staff-wrong-password = Esta no es su contraseña actual.
staff-change-password = Cambiar la contraseña
staff-password-changed = Su contraseña está cambiada. En los demás lugares se cerró su sesión.
staff-second-factor = Segundo factor
staff-second-off = Está desactivado. Con él, al iniciar sesión se pide también un código de una aplicación de su teléfono.
staff-second-on =
    { $n ->
        [one] Está activado. Le queda { $n } código en papel.
        [many] Está activado. Le quedan { $n } de códigos en papel.
       *[other] Está activado. Le quedan { $n } códigos en papel.
    }
staff-second-is-off = El segundo factor está desactivado.
staff-second-begin = Configurarlo
staff-second-scan = Escanee esto con una aplicación de códigos o escriba en ella la clave. Después escriba el código que muestra.
staff-second-picture = Imagen de la clave, para una aplicación
staff-second-key = Clave
staff-second-open-app = Abrir en una aplicación de este dispositivo
staff-second-switch-on = Activar
staff-second-switch-off = Desactivar
staff-second-wrong = Este código no coincide. Escriba el que la aplicación muestra ahora y compruebe el reloj de su teléfono.
staff-codes-title = Sus códigos en papel
staff-codes-text = El segundo factor está activado. Cada uno de estos códigos sirve una vez en lugar de la aplicación. No se muestran de nuevo.
staff-codes-kept = Los he anotado
staff-sessions = Dónde tiene la sesión de personal abierta
staff-session-since = desde { $since }, aquí por última vez { $seen }
staff-this-browser = este navegador
staff-end-session = Cerrar esa sesión
staff-end-others = Cerrar las demás sesiones
staff-sessions-ended = Su sesión allí está cerrada.
not-allowed-title = No forma parte de su función
not-allowed = Lo que usted es en este estudio no incluye esto. No se cambió nada.
who-former-staff = una persona que ya no es del personal
by-somebody = por { $name }
by-former-staff = por una persona que ya no es del personal
role-owner = Propietario
role-manager = Gerencia
role-front-desk = Recepción
role-auditor = Auditoría
role-owner-may = hace todo aquí y decide quién trabaja aquí
role-manager-may = planifica clases y configura el estudio
role-front-desk-may = reserva, mueve y cancela para los clientes y anota quién vino
role-auditor-may = lo lee todo y no cambia nada
staff-role = Función
staff-roles = Qué pueden hacer las funciones
staff-invited = todavía no ha elegido contraseña
staff-new-link = Enlace nuevo
staff-remove = Quitar
staff-add = Añadir a alguien
staff-link = Enlace para elegir una contraseña
staff-link-hint = Déselo solo a esta persona. Sirve una vez, durante 7 días, y no se muestra de nuevo.
staff-role-set = La función está cambiada. La persona inicia sesión de nuevo.
staff-removed = La persona ya no trabaja aquí y su sesión está cerrada.
staff-known = La persona inicia sesión como antes y ahora también trabaja aquí.
staff-login-wrong = Un usuario tiene de 2 a 100 letras, cifras y signos, sin espacios.
staff-already = Alguien con este usuario ya trabaja aquí.
staff-unknown = Esta persona no trabaja aquí.
staff-last-owner = Un estudio conserva al menos un propietario. Nombre antes a otra persona.
staff-elsewhere = Esta persona trabaja también en otros estudios. Quien opera el servicio puede ayudarla.
tokens = Claves de API
tokens-hint = Sus propios programas muestran una a la API. Cada una sirve solo para este estudio.
tokens-none = Todavía no hay claves.
token-new = Clave nueva
token-scope = Puede
scope-read = leerlo todo
scope-book = leer y cambiar reservas
scope-settings = leer y cambiar reservas, clases y ajustes
token-days = Días hasta que termine
token-days-wrong = Escriba de 1 a 730 días.
token-make = Crear una clave
token-made = La clave nueva
token-made-hint = Cópiela ahora. No se muestra de nuevo.
token-copy = Copiar la clave
token-until = hasta { $date }
token-ended-at = terminó { $date }
token-revoked-at = revocada { $date }
token-used-at = usada por última vez { $date }
token-never-used = nunca usada
token-revoke = Revocar
token-revoked = La clave está revocada y ya no abre nada.
