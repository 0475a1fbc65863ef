## Numbers and dates

today = Сегодня, { $date }
from-to = { $date }, { $from } – { $to }
spots-left =
    { $n ->
        [one] Осталось { $n } место
        [few] Осталось { $n } места
        [many] Осталось { $n } мест
       *[other] Осталось { $n } места
    }
sold-out = Мест нет
dates-count =
    { $n ->
        [one] { $n } дата
        [few] { $n } даты
        [many] { $n } дат
       *[other] { $n } даты
    }
spots-count =
    { $n ->
        [one] { $n } место
        [few] { $n } места
        [many] { $n } мест
       *[other] { $n } места
    }
spots-taken = Занято { $n } из { $max }
notice-hours =
    { $n ->
        [one] не позднее чем за { $n } час до начала
        [few] не позднее чем за { $n } часа до начала
        [many] не позднее чем за { $n } часов до начала
       *[other] не позднее чем за { $n } часа до начала
    }
weekday-only =
    { $dow ->
        [1] Только понедельники
        [2] Только вторники
        [3] Только среды
        [4] Только четверги
        [5] Только пятницы
        [6] Только субботы
       *[7] Только воскресенья
    }
show-only =
    { $dow ->
        [1] показать только понедельники
        [2] показать только вторники
        [3] показать только среды
        [4] показать только четверги
        [5] показать только пятницы
        [6] показать только субботы
       *[7] показать только воскресенья
    }
none-free =
    { $dow ->
        [1] По понедельникам мест нет.
        [2] По вторникам мест нет.
        [3] По средам мест нет.
        [4] По четвергам мест нет.
        [5] По пятницам мест нет.
        [6] По субботам мест нет.
       *[7] По воскресеньям мест нет.
    }
price =
    { $paid ->
        [online] { $amount }, оплата онлайн
       *[studio] { $amount } в студии
    }
price-per-spot =
    { $paid ->
        [online] { $amount } за место, оплата онлайн
       *[studio] { $amount } за место в студии
    }
membership = абонемент
minutes =
    { $n ->
        [one] { $n } минута
        [few] { $n } минуты
        [many] { $n } минут
       *[other] { $n } минуты
    }
service-with = { $service }, { $member }
times-in = Время: { $city }
time-to = { $from } – { $to }
service-with-on = { $service }, { $member }, { $date }

## The list of events

book-an-event = Запись на занятие
page-closed = Эта страница записи закрыта.
no-events-on-page = На этой странице нет записи на занятия.
service = Услуга
all-services = Все услуги
team-member = Специалист
all-team-members = Все специалисты
from = С даты
show = Показать
clear-filters = Сбросить фильтры
no-events = По этому выбору занятий нет.
no-events-for = Занятий «{ $service }» нет.
no-events-with = Занятий со специалистом { $member } нет.
no-events-for-with = Занятий «{ $service }» со специалистом { $member } нет.
nothing-bookable = Сейчас нет занятий для записи.
new-dates-appear = Новые даты появятся здесь, когда студия их опубликует.
all-sold-out = На все показанные даты мест нет.
show-more = Показать ещё даты
show-later = Показать более поздние даты

## Around every page

questions = Есть вопросы?
problems-title =
    { $n ->
        [one] Есть { $n } замечание
        [few] Есть { $n } замечания
        [many] Есть { $n } замечаний
       *[other] Есть { $n } замечания
    }
try-again-in =
    { $n ->
        [one] Попробуйте ещё раз через { $n } секунду.
        [few] Попробуйте ещё раз через { $n } секунды.
        [many] Попробуйте ещё раз через { $n } секунд.
       *[other] Попробуйте ещё раз через { $n } секунды.
    }
problem = Ошибка: { $title }
see-all-events = Все занятия
new-tab = (откроется в новой вкладке)
please-call =
    { $phone ->
        [none] Позвоните в студию.
       *[given] Позвоните в студию: { $phone }.
    }

## Choosing

choose-up-to =
    { $max ->
        [one] Можно выбрать до { $max } даты.
        [few] Можно выбрать до { $max } дат.
        [many] Можно выбрать до { $max } дат.
       *[other] Можно выбрать до { $max } даты.
    }
too-many-selected =
    { $max ->
        [one] В одной записи может быть до { $max } даты, отмечено { $n }. Снимите отметок: { $over }.
        [few] В одной записи может быть до { $max } дат, отмечено { $n }. Снимите отметок: { $over }.
        [many] В одной записи может быть до { $max } дат, отмечено { $n }. Снимите отметок: { $over }.
       *[other] В одной записи может быть до { $max } даты, отмечено { $n }. Снимите отметок: { $over }.
    }
not-listed-sold-out =
    { $n ->
        [one] { $n } дата без свободных мест не показана.
        [few] { $n } даты без свободных мест не показаны.
        [many] { $n } дат без свободных мест не показаны.
       *[other] { $n } даты без свободных мест не показаны.
    }
not-listed-too-few =
    { $n ->
        [one] { $n } дата, где свободно меньше { $spots } мест, не показана.
        [few] { $n } даты, где свободно меньше { $spots } мест, не показаны.
        [many] { $n } дат, где свободно меньше { $spots } мест, не показаны.
       *[other] { $n } даты, где свободно меньше { $spots } мест, не показаны.
    }
only-left =
    { $n ->
        [one] { $date }: осталось только { $n } место, а нужно { $asked }.
        [few] { $date }: осталось только { $n } места, а нужно { $asked }.
        [many] { $date }: осталось только { $n } мест, а нужно { $asked }.
       *[other] { $date }: осталось только { $n } места, а нужно { $asked }.
    }
take-spots =
    { $n ->
        [one] Взять { $n } место
        [few] Взять { $n } места
        [many] Взять { $n } мест
       *[other] Взять { $n } места
    }
all-events = Все занятия
skip-to-continue = Перейти к кнопке «Далее»
your-date = Ваша дата
date-sold-out = { $date }: мест нет.
spots = Места
spots-hint = Для нескольких человек по одному номеру телефона.
each-hint = Для каждой даты — своё число мест.
same-for-all = Одинаково для всех дат
different-per-date = Разное число мест по датам
book-another = Записаться ещё
show-all-weekdays = Показать все дни недели
more-dates-for = Другие даты: { $service }, { $member }. Нажмите на дату, чтобы видеть только этот день недели.
view-all-dates = Показать все даты
show-n-more = Показать ещё { $n }
show-fewer-dates = Показать меньше дат
also-selected = Также выбраны
separate-booking = Для другого специалиста или другой услуги оформите отдельную запись.
continue = Далее
for-date = на { $date }
on-date = на { $date }
clear-this-date = Убрать эту дату
since-sold-out = Места закончились после вашего выбора
moved-now = Перенесено на { $date }
cancelled-by-studio = Отменено студией
booking-has-closed = Запись закрыта
already-yours = Вы уже записаны на эту дату
not-offered = Больше не предлагается
clear-sold-out = { $date }: мест нет. Уберите эту дату, чтобы продолжить.
clear-cancelled = { $date }: студия отменила занятие. Уберите эту дату, чтобы продолжить.
clear-closed = { $date }: запись закрыта. Уберите эту дату, чтобы продолжить.
clear-already-yours = Вы уже записаны на { $date }. Уберите эту дату, чтобы продолжить.
clear-not-offered = { $date } больше не предлагается. Уберите эту дату, чтобы продолжить.
mixed-selection = Одна запись — к одному специалисту и на одну услугу. Для остальных дат оформите отдельную запись.
nothing-ticked = Не выбрано ни одной даты. Отметьте хотя бы одну, чтобы продолжить.
most-spots-per-date =
    { $max ->
        [one] В одной записи может быть до { $max } места на дату.
        [few] В одной записи может быть до { $max } мест на дату.
        [many] В одной записи может быть до { $max } мест на дату.
       *[other] В одной записи может быть до { $max } места на дату.
    }
date-gone-title = Эта дата больше не предлагается
date-gone = Эта дата больше не предлагается.

## Confirming

nothing-if-one-full =
    { $n ->
        [one] Если на эту дату мест нет, запись не создаётся.
        [few] Если на одну из дат мест нет, не создаётся ни одной записи.
        [many] Если на одну из дат мест нет, не создаётся ни одной записи.
       *[other] Если на одну из дат мест нет, не создаётся ни одной записи.
    }
race-lost =
    { $n ->
        [one] Пока ничего не забронировано: на { $date } места только что закончились.
        [few] Пока ничего не забронировано: на { $n } даты места только что закончились.
        [many] Пока ничего не забронировано: на { $n } дат места только что закончились.
       *[other] Пока ничего не забронировано: на { $n } даты места только что закончились.
    }
book-the-others =
    { $n ->
        [one] Забронировать остальные даты: { $n }
        [few] Забронировать остальные { $n } даты
        [many] Забронировать остальные { $n } дат
       *[other] Забронировать остальные { $n } даты
    }
your-details = Ваши данные
confirm-booking = Подтвердить запись
your-selection = Ваш выбор
cancel-until = отмена онлайн до { $date }
cancelling-has-closed = Эту дату уже нельзя отменить онлайн.
in-all = { $dates }, всего { $spots }
call-to-change =
    { $phone ->
        [none] Чтобы отменить или перенести дату, позвоните в студию.
       *[given] Чтобы отменить или перенести дату, позвоните в студию: { $phone }.
    }
change-selection = Изменить выбор
contact-details = Контактные данные
name = Имя
phone = Телефон
phone-hint = Для сообщений о ваших датах.
email = Эл. почта
email-optional = Эл. почта (необязательно)
comment = Комментарий
comment-optional = Комментарий (необязательно)
book-with-membership = Записаться по абонементу
needs-membership = Для «{ $service }» нужен абонемент. Мы найдём его по вашему номеру телефона.
please-name = Укажите имя.
please-phone = Укажите номер телефона, например 030 23125 014 или +49 30 23125 014.
please-email = Укажите адрес эл. почты: студия просит его оставить.
email-incomplete = Похоже, адрес эл. почты указан не полностью.
shorten-comment = Сократите комментарий до 2000 знаков.
please-comment = Добавьте комментарий: студия просит его оставить.
please-check = Проверьте это поле.
please-agree = Чтобы записаться, согласитесь с уведомлением о конфиденциальности.
code-sent = Мы отправили 6 цифр на номер { $phone }.
code-sent-again = Мы отправили новые 6 цифр на номер { $phone }; прежние больше не действуют.
nothing-booked-yet = Пока ничего не забронировано.
change-number = Изменить номер
code-message = { $code } — ваш код для подтверждения записи в { $studio }. Он действует 10 минут. Никто из студии его не спросит.

## What was booked

booked-title =
    { $n ->
        [one] Вы записаны на { $n } дату
        [few] Вы записаны на { $n } даты
        [many] Вы записаны на { $n } дат
       *[other] Вы записаны на { $n } даты
    }
partly-booked = Забронировано дат: { $n } из { $max }
none-booked = Забронированных дат больше нет
your-appointments = Ваши записи
not-booked = Не забронировано: { $dates }.
not-booked-date = { $date } — { $why }
why-sold-out = мест нет
see-other-dates = Другие даты
all-in-one-file = Все даты одним файлом календаря
book-something-else = Записаться на другое
each-stands-alone = Каждая дата сама по себе: изменение одной не затрагивает остальные.
keep-address = Не показывайте этот адрес другим: он открывает ваши записи.
result-mail-on-its-way = Подробности также отправляются на { $address }.
result-mailed = Подробности также отправлены на { $address }.
result-text-on-its-way = Подробности также отправляются в СМС.
result-texted = Подробности также отправлены в СМС.

## Why nothing was booked

not-booked-because = Пока ничего не забронировано: { $why }.
something-changed = Пока ничего не забронировано: за это время кое-что изменилось.
is-now = { $was } — теперь { $is }.
takes-now =
    { $max ->
        [one] Теперь в одной записи может быть до { $max } даты, у вас { $n }.
        [few] Теперь в одной записи может быть до { $max } дат, у вас { $n }.
        [many] Теперь в одной записи может быть до { $max } дат, у вас { $n }.
       *[other] Теперь в одной записи может быть до { $max } даты, у вас { $n }.
    }
prepayment-now = Студия теперь принимает оплату онлайн, поэтому даты бронируются по одной.
consent-now = Уведомление о конфиденциальности изменилось: прочитайте его и согласитесь снова.
no-date-selected = Не выбрано ни одной даты.
choose-dates = Выбрать даты
choose-another-date = Выбрать другую дату
choose-again = Выбрать эти даты снова
selection-expired = Срок этого выбора истёк. Ничего не забронировано. Выбор хранится 24 часа.
selection-edited = Этот выбор закрыт. Ничего не забронировано. Его меняли слишком часто.
not-booked-page-closed = Пока ничего не забронировано: эта страница записи закрыта.
not-booked-enough-codes = Пока ничего не забронировано: сегодня на этот номер больше не отправляются коды. Попробуйте завтра.
not-booked-no-codes = Пока ничего не забронировано: нужен код, а отправить его сейчас нельзя.
filled-up =
    { $n ->
        [one] { $date }: места только что закончились.
        [few] На { $n } даты места только что закончились.
        [many] На { $n } дат места только что закончились.
       *[other] На { $n } даты места только что закончились.
    }
take-on =
    { $n ->
        [one] Взять { $n } место на { $date }
        [few] Взять { $n } места на { $date }
        [many] Взять { $n } мест на { $date }
       *[other] Взять { $n } места на { $date }
    }
not-booked-already-yours = Пока ничего не забронировано: вы уже записаны на { $date }.
not-booked-cancelled = Пока ничего не забронировано: студия отменила занятие { $date }.
not-booked-most-spots =
    { $max ->
        [one] Пока ничего не забронировано: в одной записи может быть до { $max } места на дату.
        [few] Пока ничего не забронировано: в одной записи может быть до { $max } мест на дату.
        [many] Пока ничего не забронировано: в одной записи может быть до { $max } мест на дату.
       *[other] Пока ничего не забронировано: в одной записи может быть до { $max } места на дату.
    }
not-booked-closed = Пока ничего не забронировано: запись на { $date } закрыта.
not-booked-membership = Пока ничего не забронировано: по этому номеру не найден абонемент на «{ $service }».
book-without-membership = Записаться без абонемента
take-instead = Взять { $date } вместо неё
take-instead-of = Взять { $date } вместо { $full }
line-sold-out = Мест нет.
line-left =
    { $n ->
        [one] Осталось { $n } место.
        [few] Осталось { $n } места.
        [many] Осталось { $n } мест.
       *[other] Осталось { $n } места.
    }
line-most-spots =
    { $max ->
        [one] До { $max } места.
        [few] До { $max } мест.
        [many] До { $max } мест.
       *[other] До { $max } места.
    }
line-cancelled = Отменено студией.
line-already-yours = Вы уже записаны на эту дату.
line-no-membership = Нет подходящего абонемента.
line-moved = Перенесено студией.
line-closed = Запись закрыта.

## One appointment

status-booked = Забронировано
status-moved = Перенесено
status-past = Прошло
status-cancelled = Отменено
reference = Номер записи { $reference }
add-to-google = Добавить в Google Календарь
calendar-file = Файл календаря
reschedule = Перенести
fewer-spots = Меньше мест
cancel = Отменить
was-date = Раньше: { $date }.
now-with = Теперь со специалистом { $member }.
you-cancelled-on = Вы отменили эту дату { $date }.
studio-cancelled-on = Студия отменила эту дату { $date }.
date-over = Эта дата уже прошла.
can-change-until =
    { $what ->
        [cancel] Отменить онлайн можно до { $date }.
       *[move] Перенести онлайн можно до { $date }.
    }
changing-ended =
    { $what ->
        [cancel] Отмена онлайн была возможна до { $date }.
       *[move] Перенос онлайн был возможен до { $date }.
    }
call-to-cancel =
    { $phone ->
        [none] Чтобы отменить, позвоните в студию.
       *[given] Чтобы отменить, позвоните в студию: { $phone }.
    }
call-to-move =
    { $phone ->
        [none] Чтобы перенести, позвоните в студию.
       *[given] Чтобы перенести, позвоните в студию: { $phone }.
    }
nothing-changed = Ничего не изменено.
nothing-changed-because = Ничего не изменено: { $why }.
not-changed-ended =
    { $what ->
        [cancel] Ничего не изменено: отмена онлайн была возможна до { $date }.
       *[move] Ничего не изменено: перенос онлайн был возможен до { $date }.
    }
not-changed-off =
    { $what ->
        [cancel] Ничего не изменено: отмена онлайн не предусмотрена.
       *[move] Ничего не изменено: перенос онлайн не предусмотрен.
    }
book-date-again = Записаться на эту дату снова
date-cancelled = Запись на { $date } отменена.
moved-to = Перенесено на { $date }. Прежние места снова свободны.
you-keep =
    { $n ->
        [one] За вами остаётся { $n } место на { $date }.
        [few] За вами остаётся { $n } места на { $date }.
        [many] За вами остаётся { $n } мест на { $date }.
       *[other] За вами остаётся { $n } места на { $date }.
    }
cancel-date = Отменить запись на { $date }?
spots-become-free =
    { $n ->
        [one] Освободится { $n } место.
        [few] Освободятся { $n } места.
        [many] Освободятся { $n } мест.
       *[other] Освободятся { $n } места.
    }
others-stay = Остальные даты остаются за вами.
cancel-this-date = Отменить эту дату
keep-it = Оставить
move-date = Перенести запись: { $date }
no-other-fits = Сейчас другой подходящей даты нет. Вы по-прежнему записаны на { $date }.
new-date = Новая дата
move-to-this = Перенести на эту дату
choose-date-to-move = Выберите новую дату.
still-have = Вы по-прежнему записаны на { $date }.
that-date = Эта дата
does-not-fit = { $date } не подходит: { $why }.
already-have = Вы уже записаны на { $date }.
membership-not-cover = Ваш абонемент не действует на { $date }.
closed-for = Запись на { $date } закрыта.
keep-how-many = Сколько мест оставить?
of-spots = из { $n }
keep-these = Оставить эти места
keep-all = Оставить все
enter-spots-kept = Укажите, сколько мест оставить.

## When a page could not be made

no-connection = Нет связи
nothing-was-booked = Ничего не записано. Всё, что вы выбрали и ввели, на месте.
not-sure = Пока не ясно
unsure-booking = Мы не смогли узнать, дошла ли ваша запись. Проверьте ещё раз: дважды ничего не запишется.
unsure-change = Мы не смогли узнать, дошло ли изменение. Проверьте ещё раз: дважды оно не выполнится.
check-again = Проверить ещё раз
very-busy = Сейчас очень много обращений
not-taken-in = Этот шаг не был принят, поэтому ничего не изменено.
one-moment = Минутку, пожалуйста
many-requests = С вашего подключения пришло много запросов. Ничего не изменено.
try-again = Попробовать ещё раз
opens-nothing = По этому адресу ничего нет
cut-off = Возможно, он неполный или его срок истёк.
ask-the-studio = Спросите в студии.
ask-or-sign-in = Спросите в студии или войдите по номеру телефона.
open-on-its-own = Откройте эту страницу отдельно
framed = Сайт вокруг этой страницы не даёт ей отправлять формы. Ничего не забронировано.
open-in-new-tab = Открыть в новой вкладке
did-not-work = Не получилось
back = Назад
our-side = У нас что-то пошло не так
tell-the-number = Ничего не изменено. Если это повторится, сообщите студии этот номер: { $request }.
request-number = Запрос { $request }
why-too-large = форма слишком большая
why-broke-off = запрос прервался

## Why a rule said no, as it stands after a colon

refused-no-such =
    { $what ->
        [appointment] такой записи нет
        [booking-link] такой ссылки для записи нет
        [branch] такого филиала нет
        [cart] такого выбора нет
        [event] такого занятия нет
        [service] такой услуги нет
        [team-member] такого специалиста нет
       *[thing] этого нет
    }
refused-stale = за это время это изменили; теперь это версия { $version }
refused-key-reused = этот ключ идемпотентности относится к другому запросу
refused-no-such-time = при переводе часов этого времени нет; соседние — { $earlier } и { $later }
refused-not-booked = ничего не забронировано: записаться можно не на все занятия
obstacle-not-enough-spots =
    { $left ->
        [one] осталось { $left } место, а нужно { $asked }
        [few] осталось { $left } места, а нужно { $asked }
        [many] осталось { $left } мест, а нужно { $asked }
       *[other] осталось { $left } места, а нужно { $asked }
    }
obstacle-activity-cancelled = студия отменила это занятие
obstacle-booking-closed = онлайн-запись на это занятие закрыта
obstacle-already-started = это занятие уже началось
obstacle-too-soon = до начала занятия слишком мало времени для онлайн-записи
obstacle-too-far-ahead = до занятия слишком далеко для онлайн-записи
obstacle-not-offered = это занятие здесь не предлагается
obstacle-activity-moved = это занятие перенесено
obstacle-already-booked = клиент уже записан на это занятие
obstacle-no-membership = на это занятие нет подходящего абонемента
obstacle-too-many-spots =
    { $max ->
        [one] в одной записи может быть до { $max } места на занятие
        [few] в одной записи может быть до { $max } мест на занятие
        [many] в одной записи может быть до { $max } мест на занятие
       *[other] в одной записи может быть до { $max } места на занятие
    }
cart-not-found = такого выбора нет
cart-not-confirmed = этот выбор ещё открыт
cart-different-team-members = все занятия одной записи ведёт один специалист
cart-different-services = все занятия одной записи — одна и та же услуга
cart-too-many-events =
    { $max ->
        [one] за один раз можно записаться не более чем на { $max } занятие
        [few] за один раз можно записаться не более чем на { $max } занятия
        [many] за один раз можно записаться не более чем на { $max } занятий
       *[other] за один раз можно записаться не более чем на { $max } занятия
    }
cart-prepayment-enabled = пока включена онлайн-предоплата, на занятия записываются по одному
cart-prepayment-required = на занятие с обязательной предоплатой записываются отдельно
cart-not-selected = это занятие не выбрано
cart-nothing-selected = не выбрано ни одного занятия
cart-already-confirmed = этот выбор уже подтверждён
cart-expired = срок этого выбора истёк; выбор хранится 24 часа
cart-too-many-edits = этот выбор меняли слишком часто, и он закрыт
cart-link-closed = эта страница записи закрыта
cart-consent-missing = согласитесь с условиями студии
cart-consent-changed = условия студии изменились; согласитесь с ними снова
cart-email-missing = по этой ссылке нужен адрес эл. почты
cart-comment-missing = по этой ссылке нужен комментарий
cart-phone-code-needed = номер телефона нужно подтвердить кодом
cart-items-refused =
    { $n ->
        [one] { $n } занятие недоступно для записи
        [few] { $n } занятия недоступны для записи
        [many] { $n } занятий недоступны для записи
       *[other] { $n } занятия недоступны для записи
    }
activity-already-scheduled = это занятие запланировано иначе
activity-capacity-below-taken =
    { $n ->
        [one] уже занято { $n } место
        [few] уже занято { $n } места
        [many] уже занято { $n } мест
       *[other] уже занято { $n } места
    }
appointment-already-booked = эта запись оформлена иначе
appointment-cancelled = эта запись отменена
appointment-changing-off =
    { $what ->
        [cancel] отмены онлайн здесь нет, позвоните в студию
       *[move] переноса онлайн здесь нет, позвоните в студию
    }
appointment-changing-ended =
    { $what ->
        [cancel] отмена онлайн была возможна до { $date }
       *[move] перенос онлайн был возможен до { $date }
    }
appointment-different-team-members = запись переносится на занятие с тем же специалистом
appointment-different-services = запись переносится на занятие той же услуги
appointment-not-fewer-spots =
    { $n ->
        [one] в этой записи { $n } место; оставить можно меньше, но не больше
        [few] в этой записи { $n } места; оставить можно меньше, но не больше
        [many] в этой записи { $n } мест; оставить можно меньше, но не больше
       *[other] в этой записи { $n } места; оставить можно меньше, но не больше
    }
branch-already-open = этот филиал уже открыт
link-already-created = эта ссылка для записи уже есть
link-not-for-individual-links = индивидуальные ссылки бронируют по одной записи
link-consent-empty = текст согласия не может быть пустым; уберите его, если он не нужен
membership-already-granted = этот абонемент выдан на других условиях
client-erased = такого клиента больше нет
client-upcoming-appointments =
    { $n ->
        [one] ещё предстоит { $n } запись; она отменяется на том же шаге, если об этом попросить
        [few] ещё предстоят { $n } записи; они отменяются на том же шаге, если об этом попросить
        [many] ещё предстоят { $n } записей; они отменяются на том же шаге, если об этом попросить
       *[other] ещё предстоят { $n } записи; они отменяются на том же шаге, если об этом попросить
    }

## Staff

skip-to-content = Перейти к содержанию
staff = Сотрудники
staff-not-signed-in = Вы работаете как: сотрудник, без входа
journal = Журнал
booking-links = Ссылки для записи
branch-rules = Правила филиала
changed-meanwhile = За это время кто-то уже внёс изменения, поэтому ваши не сохранены.
journal-of = Журнал, { $date }
day-before = День назад
show-today = Сегодня
day-after = День вперёд
schedule = Расписание
no-events-on-day = В этот день занятий нет.
next-day-with-events = Ближайший день с занятиями
not-bookable-online = без онлайн-записи
event-cancelled = Отменено
spots-taken-over = Занято { $n } из { $max }, сверх мест: { $over }
spots-taken-full = Занято { $n } из { $max }, мест нет
counts-and-free = { $counts }, свободно { $n }
no-bookings-yet = Записей пока нет.
move = Перенести
move-to = Перенести на
move-target = { $date }, { $service }, { $member }, свободно { $n }
overbook = Записать сверх мест намеренно
erased-client = Удалённый клиент
cancelled-by-client = Отменено клиентом
appointment-was-cancelled = Запись отменена.
appointment-was-moved = Запись перенесена.

## The journal

view-day = День
view-week = Неделя
week-before = Неделя назад
week-after = Неделя вперёд
journal-week = Журнал, неделя с: { $date }
no-events-in-week = На этой неделе занятий нет.
name-or-phone = Имя или телефон
search = Найти
nobody-found = Никто не найден. Попробуйте часть имени или последние цифры телефона.
showing-first = Показано: { $n }. Введите больше, чтобы уточнить.
appointments-for =
    { $n ->
        [one] { $n } запись по запросу { $who }
        [few] { $n } записи по запросу { $who }
        [many] { $n } записей по запросу { $who }
       *[other] { $n } записи по запросу { $who }
    }
new-bookings =
    { $n ->
        [one] { $n } новая запись
        [few] { $n } новые записи
        [many] { $n } новых записей
       *[other] { $n } новой записи
    }
live-at = Обновляется, { $time }
live-paused = Обновления приостановлены с { $time }.
reload = Обновить
drag-where = Отпустите там, где это должно пройти
book-for-client = Записать клиента
event = Занятие
capacity = Число мест
move-event = Перенести занятие
cancel-event = Отменить занятие
replace-team-member = Заменить сотрудника
close-online-booking = Закрыть онлайн-запись
open-online-booking = Открыть онлайн-запись
event-was-cancelled = Это занятие отменено.
appointments = Записи
attendance = Посещение
change = Изменить
arrived = Пришёл
no-show = Не пришёл
booked-together-with = записано вместе с: { $dates } (не связано)
spots-were-reduced = Теперь запись занимает меньше мест.
event-was-changed = Занятие изменено.
theirs = Чужое изменение, сохранено
yours = Ваше, не сохранено
save-mine = Сохранить моё
keep-theirs = Оставить чужое
save-anyway = Всё равно сохранить
clients-affected =
    { $n ->
        [one] Это касается { $n } клиента.
        [few] Это касается { $n } клиентов.
        [many] Это касается { $n } клиентов.
       *[other] Это касается { $n } клиента.
    }
cannot-be-reached =
    { $n ->
        [one] С { $n } из них нельзя связаться.
        [few] С { $n } из них нельзя связаться.
        [many] С { $n } из них нельзя связаться.
       *[other] С { $n } из них нельзя связаться.
    }
please-tell-them = Сообщения не отправляются: пожалуйста, предупредите их.
messages-tell-them = Они узнают об этом из письма или СМС.
please-tell-others =
    { $n ->
        [one] До { $n } клиента сообщение не дойдёт: сообщите ему сами.
        [few] До { $n } клиентов сообщение не дойдёт: сообщите им сами.
        [many] До { $n } клиентов сообщение не дойдёт: сообщите им сами.
       *[other] До { $n } клиента сообщение не дойдёт: сообщите им сами.
    }
change-and-tell =
    { $n ->
        [one] { $change } и сообщить { $n } клиенту
        [few] { $change } и сообщить { $n } клиентам
        [many] { $change } и сообщить { $n } клиентам
       *[other] { $change } и сообщить { $n } клиента
    }
no-message = без сообщения
no-phone = связаться нельзя
would-be-overbooked = Занято мест: { $taken }. Если мест будет { $capacity }, лишних записей окажется { $over }.
capacity-1-to-65535 = Введите число от 1 до 65535.
choose-team-member = Выберите сотрудника.
enter-date = Введите дату.
enter-time = Введите время, например 18:30.
enter-minutes = Введите продолжительность в минутах, от 1 до 1440.
date = Дата
time = Время
minutes-long = Продолжительность, мин
enter-spots-left = Введите, сколько мест остаётся у клиента.
cancel-of-client = Отменить запись: { $client }
move-of-client = Перенести запись: { $client }
spots-of-client = Меньше мест: { $client }
cancel-this-appointment = Отменить эту запись
move-this-appointment = Перенести на эту дату
own-deadline = Собственный срок клиента истёк: { $date }. Вы ещё можете отменить.
own-deadline-moving = Собственный срок клиента истёк: { $date }. Вы ещё можете перенести.
date-filled-up = { $date }: мест больше нет.
client-still-has = За клиентом { $client } остаётся { $date }.
client = Клиент
new-client = Новый клиент
choose-event = Какое занятие?
no-events-ahead = Занятий не запланировано.
book-for = Записать: { $client }
book = Записать
book-again = Записать ещё
booked-for =
    { $n ->
        [one] { $client }: записана { $n } дата.
        [few] { $client }: записаны { $n } даты.
        [many] { $client }: записано { $n } дат.
       *[other] { $client }: записано { $n } даты.
    }
full-of = мест нет, { $n } из { $max }
n-free =
    { $n ->
        [one] свободно { $n }
        [few] свободно { $n }
        [many] свободно { $n }
       *[other] свободно { $n }
    }
would-have-taken = { $date }: будет занято { $n } из { $max }.
spots-1-to-255 = Введите число мест от 1 до 255.
needs-a-link = Сначала создайте ссылку для записи: её правила действуют и здесь.
nothing-booked-because = Пока ничего не записано: { $why }.
not-booked-full = Пока ничего не записано: { $date } — мест нет.
booked-online-on = онлайн, { $date }
booked-at-desk-on = на ресепшен, { $date }
not-booked-at-desk = Пока ничего не записано: { $date }: { $why }.
client-already-has = Пока ничего не записано: у клиента { $client } уже есть { $date }.
memberships = Абонементы
no-memberships = Абонементов нет.
visits-left =
    { $n ->
        [one] осталось { $n } посещение
        [few] осталось { $n } посещения
        [many] осталось { $n } посещений
       *[other] осталось { $n } посещения
    }
visits-without-limit = посещений без ограничения
until-day = действует до: { $date }
membership-released = ещё не использован
membership-frozen = заморожен
membership-ended = закончился
grant-membership = Выдать абонемент
covers-services = Действует на эти услуги; на все, если ничего не отмечено
visits = Посещения
empty-no-limit = пусто: без ограничений
last-day = Последний день
grant = Выдать
membership-granted = Абонемент выдан.
visits-please = Введите число посещений от 1 или оставьте поле пустым.
personal-data = Персональные данные
export-client = Выдать файлом
erase-client = Удалить клиента
erase-what = Имя, телефон, почта и комментарии уничтожаются, входы и личные адреса перестают работать. Записи остаются без имени.
erase-for-good = Отменить это нельзя.
erase-with-dates =
    { $n ->
        [one] Отменить { $n } предстоящую запись
        [few] Отменить { $n } предстоящие записи
        [many] Отменить { $n } предстоящих записей
       *[other] Отменить { $n } предстоящей записи
    }
erase-keep = Не удалять
end-links = Отключить личные адреса
end-links-what = Адреса результатов, записей и календаря, которые получил клиент, больше ничего не откроют, ни для кого.
end-links-then = Всё, что забронировано, остаётся. Клиент увидит это после входа по номеру телефона.
end-links-keep = Оставить адреса
links-are-ended = Личные адреса отключены.
client-is-erased = Клиент удалён.
client-was-exported = Выданы сохранённые данные
client-was-erased = Удалён
client-links-ended = Личные адреса отключены

## What happened to an event

fact-scheduled = Запланировано на { $date }, мест: { $n }.
fact-capacity-set = Число мест теперь { $n }.
fact-moved = Перенесено: было { $was }, стало { $date }.
fact-cancelled = Занятие отменено.
fact-team-member-replaced = { $member } заменяет: { $was }.
fact-booking-opened = Онлайн-запись открыта.
fact-booking-closed = Онлайн-запись закрыта.
fact-spots-taken =
    { $n ->
        [one] { $client }: занято { $n } место.
        [few] { $client }: занято { $n } места.
        [many] { $client }: занято { $n } мест.
       *[other] { $client }: занято { $n } места.
    }
fact-overbooked =
    { $n ->
        [one] { $client }: занято { $n } место, намеренно сверх мест.
        [few] { $client }: занято { $n } места, намеренно сверх мест.
        [many] { $client }: занято { $n } мест, намеренно сверх мест.
       *[other] { $client }: занято { $n } места, намеренно сверх мест.
    }
fact-spots-released =
    { $n ->
        [one] { $client }: освобождено { $n } место.
        [few] { $client }: освобождено { $n } места.
        [many] { $client }: освобождено { $n } мест.
       *[other] { $client }: освобождено { $n } места.
    }
fact-spots-kept =
    { $n ->
        [one] { $client }: оставлено { $n } место.
        [few] { $client }: оставлено { $n } места.
        [many] { $client }: оставлено { $n } мест.
       *[other] { $client }: оставлено { $n } места.
    }
by-client = сделал клиент
by-staff = сделал сотрудник, без входа
by-import = сделал импорт
by-demonstration = сделала демонстрация
cause-booked = запись онлайн
cause-booked-at-desk = запись сотрудником
cause-appointment-cancelled = запись отменена
cause-appointment-moved = запись перенесена
cause-spots-reduced = в записи стало меньше мест
cause-planned = занятие запланировано
cause-client-erased = удалён клиент
cause-client-exported = выданы данные
cause-links-ended = отключены личные адреса
cause-selected = сделан выбор
cause-membership-granted = выдан абонемент
cause-attendance-noted = отмечено посещение
cause-settings-saved = сохранены настройки
cause-event-changed = изменено занятие

## Settings

save = Сохранить
saved = Сохранено.
nothing-to-save = Сохранять нечего.
not-saved-because = Ничего не сохранено: { $why }.
open-again = Откройте страницу заново, чтобы их увидеть.
online-booking-links = Ссылки для онлайн-записи
no-links-yet = Ссылок для записи пока нет. Ссылка — это страница, на которой клиенты записываются.
multiple-booking-is = Запись на несколько занятий: { $setting }
multiple-off = Выключена
multiple-paused = Приостановлена, включена предоплата
multiple-up-to =
    { $max ->
        [one] До { $max } даты
        [few] До { $max } дат
        [many] До { $max } дат
       *[other] До { $max } даты
    }
set-up = Настроить
new-link = Новая ссылка
kind = Вид
kind-group = Групповая
kind-mixed = Смешанная
kind-individual = Индивидуальная
name-wrong = Укажите название: от 1 до { $n } знаков, без управляющих символов.
this-link = Эта ссылка
clients-can-book-here = Клиенты могут записываться здесь
what-clients-can-book = На что можно записаться
with-member = специалист { $member }
earliest-hours = Запись закрывается, часов до начала
latest-days = Запись открывается, дней до начала
multiple-event-booking = Запись на несколько занятий
allow-multiple = Разрешить клиентам записываться на несколько занятий
how-many-at-once = Сколько занятий за раз
dates-in-one-booking = Число дат в одной записи.
spots-are-set-in-rules = Число мест на дату задаётся в правилах филиала.
with-one-no-book-another = При значении 1 клиенты не видят «Записаться ещё».
prepayment-is-on = В этом филиале включена онлайн-предоплата, поэтому клиенты записываются на даты по одной.
contact-form = Контактная форма
off = выкл.
on = вкл.
optional = необязательно
required = обязательно
consent-text = Текст согласия
phone-code = Клиенты подтверждают номер телефона кодом
phone-code-hint = Перед записью они получают 6 цифр по СМС: один код на все даты.
phone-codes-not-set-up = Отправлять коды здесь пока нельзя: пока это включено, клиенты не смогут записаться онлайн.
choose-1-to-10 = Выберите число от 1 до 10.
hours-0-to-8760 = Укажите число часов от 0 до 8760.
days-1-to-3650 = Укажите число дней от 1 до 3650.
number-2-to-255 = Укажите число от 2 до 255.
online-prepayment = Онлайн-предоплата
prepayment-hint = Пока она включена, клиенты записываются на даты по одной. Ссылок с записью на несколько занятий: { $n }.
several-spots = Разрешить занимать несколько мест в одной записи
up-to-per-date = не более, на дату (от 2 до 255)
set-change-rules = Правила отмены и переноса
clients-can-cancel = Клиенты могут отменять
clients-can-reschedule = Клиенты могут переносить
until-hours = не позднее чем за столько часов до начала
hours-hint = 0 — до самого начала. Это относится и к уже забронированным датам.
reminders = Напоминания
remind-clients = Напоминать клиентам об их датах
remind-hours = за столько часов до начала
hours-1-to-8760 = Укажите число часов от 1 до 8760.
nobody-is-reminded = Сообщения здесь не настроены, поэтому пока никому не напоминают.
same-client-twice = Один клиент дважды на одном занятии
refuse = запретить
allow = разрешить
the-studio = Студия
phone-to-call = Телефон, по которому звонят клиенты
time-zone-hint = Запланированные занятия остаются в свой момент; меняются только часы, по которым они показаны.
line-please = Введите до 200 символов в одну строку.
time-zone-please = Выберите часовой пояс.
country-please = Введите две буквы страны, например RU.

## History of settings

history = История
changed-by = Изменения: { $who }
who-staff = сотрудник, без входа
who-client = сам клиент
who-import = импорт
who-demonstration = демонстрация
change-was-now = { $what }: было — { $was }; стало — { $is }
change-now = { $what }: { $is }
services = Услуги
team-members = Специалисты
earliest = Запись закрывается
latest = Запись открывается
time-zone = Часовой пояс
country = Страна для номеров телефонов
address = Адрес
multiple-spots = Несколько мест в одной записи
yes = да
no = нет
all = все
none = нет
of-kind =
    { $kind ->
        [individual] индивидуальная
        [group] групповая
       *[mixed] смешанная
    }
the-start = начало занятия
hours-before =
    { $n ->
        [one] за { $n } час до начала
        [few] за { $n } часа до начала
        [many] за { $n } часов до начала
       *[other] за { $n } часа до начала
    }
minutes-before =
    { $n ->
        [one] за { $n } минуту до начала
        [few] за { $n } минуты до начала
        [many] за { $n } минут до начала
       *[other] за { $n } минуты до начала
    }
days-ahead =
    { $n ->
        [one] за { $n } день
        [few] за { $n } дня
        [many] за { $n } дней
       *[other] за { $n } дня
    }
up-to-events =
    { $n ->
        [one] до { $n } занятия
        [few] до { $n } занятий
        [many] до { $n } занятий
       *[other] до { $n } занятия
    }
up-to-spots =
    { $n ->
        [one] до { $n } места
        [few] до { $n } мест
        [many] до { $n } мест
       *[other] до { $n } места
    }
yes-until = да, крайний срок — { $until }
no-until = нет; если включить, крайний срок — { $until }
refused = запрещено
allowed = разрешено

## A series

series-every =
    { $dow ->
        [1] Каждый понедельник в { $time }, недель:
        [2] Каждый вторник в { $time }, недель:
        [3] Каждую среду в { $time }, недель:
        [4] Каждый четверг в { $time }, недель:
        [5] Каждую пятницу в { $time }, недель:
        [6] Каждую субботу в { $time }, недель:
       *[7] Каждое воскресенье в { $time }, недель:
    }
series-weeks = подряд
add = Добавить
series-added =
    { $n ->
        [one] Добавлена { $n } дата.
        [few] Добавлены { $n } даты.
        [many] Добавлено { $n } дат.
       *[other] Добавлено { $n } даты.
    }
not-added-sold-out = На { $date } мест нет, дата не добавлена.
not-added-too-few =
    { $n ->
        [one] На { $date } осталось только { $n } место, дата не добавлена.
        [few] На { $date } осталось только { $n } места, дата не добавлена.
        [many] На { $date } осталось только { $n } мест, дата не добавлена.
       *[other] На { $date } осталось только { $n } места, дата не добавлена.
    }
not-added-closed = На { $date } записаться нельзя, дата не добавлена.

## What scripts say

dates-shown =
    { $n ->
        [one] Показана { $n } дата
        [few] Показаны { $n } даты
        [many] Показано { $n } дат
       *[other] Показано { $n } даты
    }
dates-shown-weekday = { $shown }: { $weekday }
selected-count = Выбрано { $n } из { $max }
limit-reached = Выбрано { $max } из { $max }. Больше в одной записи нельзя; снимите отметку, чтобы выбрать другую дату.
zone-ahead = , на { $hours } впереди вашего
zone-behind = , на { $hours } позади вашего
one-spot-less = На одно место меньше
one-spot-more = На одно место больше
spots-per-date =
    { $n ->
        [one] { $n } место на каждую дату
        [few] { $n } места на каждую дату
        [many] { $n } мест на каждую дату
       *[other] { $n } места на каждую дату
    }
only-spots-on =
    { $n ->
        [one] { $date }: осталось только { $n } место.
        [few] { $date }: осталось только { $n } места.
        [many] { $date }: осталось только { $n } мест.
       *[other] { $date }: осталось только { $n } места.
    }
booking-now = Записываем…
booking-dates =
    { $n ->
        [one] Записываем на { $n } дату
        [few] Записываем на { $n } даты
        [many] Записываем на { $n } дат
       *[other] Записываем на { $n } даты
    }
print = Печать

## Looks of a link

colour = Цвет
light-or-dark = Светлая или тёмная тема
language = Язык
sites = Сайты, которым разрешено встраивание
by-device = как на устройстве
light = светлая
dark = тёмная
by-browser = как в браузере
any-site = любые
look-and-sites = Вид и сайты
sites-hint = Каждый сайт на отдельной строке. Если список пуст, встраивать может любой сайт.
colour-please = Введите цвет в виде #0f6b5f или оставьте поле пустым.
sites-please = Введите адреса вида https://studio.example без пути.
deeper-shade = Для ссылок берётся более тёмный оттенок { $shade }, чтобы они читались.
put-on-site = Разместить на сайте
two-lines = Две строки для вашей страницы; вместо https://book.example – адрес вашего Cartwheel:
two-lines-ready = Две строки для вашей страницы:
look-at-widget = Посмотреть виджет

## The account

account-my = Мои записи
account-sign-in = Войти
account-by-text = Мы пришлём код в СМС.
account-send-code = Отправить код
account-not-set-up = Вход здесь пока не настроен.
account-enough-codes = Сегодня на этот номер больше не отправляются коды. Попробуйте завтра.
account-over = Войдите ещё раз. Ничего не изменилось.
account-signed-out = Вы вышли.
account-again = Введите номер ещё раз.
account-enter-code = Введите код
account-code = Код
account-six-digits = 6 цифр
account-on-its-way = Если с номера { $phone } здесь записывались, код уже в пути.
account-new-code = Отправить новый код
account-other-number = Другой номер
account-type-six = Введите 6 цифр из сообщения.
account-wrong-code =
    { $left ->
        [one] Код не подходит. Осталась { $left } попытка.
        [few] Код не подходит. Осталось { $left } попытки.
        [many] Код не подходит. Осталось { $left } попыток.
       *[other] Код не подходит. Осталось { $left } попытки.
    }
account-ended-code = Срок этого кода истёк; код действует 10 минут.
account-closed-code = Для вашей безопасности этот код закрыт. Запросите новый.
account-wait =
    { $n ->
        [one] Новый код можно запросить через { $n } секунду.
        [few] Новый код можно запросить через { $n } секунды.
        [many] Новый код можно запросить через { $n } секунд.
       *[other] Новый код можно запросить через { $n } секунды.
    }
account-message = { $code } — ваш код для { $studio }. Он действует 10 минут. Никто из студии его не спросит.
account-app = { $studio }: ваши записи
account-sign-out = Выйти
account-nav = Личный кабинет
account-upcoming = Предстоящие
account-past = Прошедшие
account-none-upcoming = Предстоящих дат нет.
account-none-past = Прошедших дат нет.
account-membership = Абонемент:
account-visits-left =
    { $n ->
        [one] осталось { $n } посещение
        [few] осталось { $n } посещения
        [many] осталось { $n } посещений
       *[other] осталось { $n } посещения
    }
account-until = до { $date }
account-language = Язык
account-speak = Сменить язык
account-stored = Что обо мне хранится
account-stored-here = Это то, что студия хранит о вас. В файле то же самое.
account-download = Скачать
account-erase = Удалить мои данные
account-erase-what = Ваше имя, телефон, почта и комментарии уничтожаются, и вы выходите отовсюду. Ваши записи остаются у студии без вашего имени.
account-erase-dates =
    { $n ->
        [one] Отменяется { $n } предстоящая дата.
        [few] Отменяются { $n } предстоящие даты.
        [many] Отменяются { $n } предстоящих дат.
       *[other] Отменяется { $n } предстоящей даты.
    }
account-erase-for-good = Отменить это нельзя.
account-keep = Оставить мои данные
account-erased = Ваши данные удалены.
account-links = Личные адреса
account-links-what = Тот, у кого есть адрес вашего результата, записи или календаря, может его открыть. Адрес попал в чужие руки? Отключите все; здесь вы по-прежнему найдёте всё.
account-end-links = Отключить мои личные адреса
account-links-ended = Ваши личные адреса отключены.
account-you = Вы
account-typed = Что вы указали при записи
account-consent = Вы согласились с версией { $version } уведомления о конфиденциальности.
account-memberships = Абонементы
account-sign-ins = Где выполнен вход
account-since = Браузер, с { $date }
account-feed-since = Личный адрес, с { $date }
account-offline = Нет соединения
account-offline-text = Ваши даты в безопасности и появятся, когда связь восстановится.
account-mailbox = Почтовый ящик для разработки
account-mailbox-hint = Ничто отсюда не покинуло этот компьютер. Кто может открыть эту страницу, может войти как кто угодно.
account-mailbox-empty = Сообщений пока нет.
account-text-to = СМС на { $to }

## Calendar feeds

feed-title = Подписка на календарь
feed-hint = Личный адрес для вашего приложения календаря; он учитывает переносы и отмены.
feed-address = Адрес
copy-address = Скопировать адрес
copy-lines = Скопировать строки
copied = Скопировано
feed-make = Создать адрес
feed-renew = Создать новый адрес
feed-old-ends = Старый перестанет работать.

## Catalogue and team

catalogue = Каталог
team = Команда
new-service = Новая услуга
price-per-visit = Цена
currency = Валюта
booking-with-membership = Запись по абонементу
paid-before-visit = Нужно оплатить онлайн до посещения
add-service = Добавить услугу
new-team-member = Новый специалист
feed-of-dates = Подписка на календарь занятий
enter-name = Введите название или имя.
enter-amount = Введите сумму, например 15 или 12.50.
enter-currency = Введите код валюты, например EUR.

## Import of a timetable

timetable = Расписание
timetable-import = Импорт расписания
import-file = Файл CSV
import-columns = Столбцы: service, teacher, starts_local (например, 2027-01-04T18:30), duration_minutes; если они есть, также venue, teacher_id и status (available или unavailable).
import-times = Время в файле — по часам в городе { $city }.
import-capacity = Мест на каждом занятии
import-first-week = Первая неделя начинается
import-weeks = На столько недель
import-adds = Повторный импорт добавляет только недостающее. Всё, что вы изменили, останется как есть.
preview = Просмотр
choose-file = Выберите файл CSV.
file-too-large = Этот файл больше 1 МБ. Ничего не импортировано.
no-column = В этом файле нет столбца { $column }. Ничего не импортировано.
not-csv = Этот файл не читается как CSV. Ничего не импортировано.
other-venues = В этом файле несколько студий ({ $venues }), и среди них нет { $branch }. Ничего не импортировано.
too-many-events = Получается занятий: { $n }, а за один импорт можно до { $max }. Выберите меньше недель.
date-please = Введите дату.
weeks-1-to-104 = Введите число от 1 до 104.
import-events =
    { $n ->
        [one] { $n } занятие
        [few] { $n } занятия
        [many] { $n } занятий
       *[other] { $n } занятия
    }
import-new =
    { $n ->
        [one] { $n } новое
        [few] { $n } новых
        [many] { $n } новых
       *[other] { $n } нового
    }
import-there = уже есть: { $n }
import-closed = закрыто для онлайн-записи: { $n }
import-skipped =
    { $n ->
        [one] { $n } строка пропущена
        [few] { $n } строки пропущены
        [many] { $n } строк пропущено
       *[other] { $n } строки пропущено
    }
line-note = Строка { $line }: { $text }
more-lines =
    { $n ->
        [one] и ещё { $n } строка
        [few] и ещё { $n } строки
        [many] и ещё { $n } строк
       *[other] и ещё { $n } строки
    }
line-fields = полей { $has } вместо { $n }; пропущена
line-not-utf8 = не в UTF-8; пропущена
line-empty = в столбце { $column } ничего нет; пропущена
line-no-name = в столбце { $column } слишком длинный или непростой текст; пропущена
line-status = не available и не unavailable, а «{ $text }»; пропущена
line-no-start = начало не вида 2027-01-04T18:30, а «{ $text }»; пропущена
line-no-minutes = минуты — не число от 1 до 1440, а «{ $text }»; пропущена
line-leaves-calendar = выходит за пределы календаря; пропущена
line-same-as = то же занятие, что в строке { $line }; пропущена
line-other-venue = относится к { $venue }; пропущена
line-shifted = { $date } не существует (часы переводят вперёд); будет { $time }
import-nothing-new = Всё из этого файла уже есть.
import-nothing = Ни одну строку этого файла импортировать нельзя.
import-these =
    { $n ->
        [one] Импортировать { $n } занятие
        [few] Импортировать { $n } занятия
        [many] Импортировать { $n } занятий
       *[other] Импортировать { $n } занятия
    }
other-file = Выбрать другой файл
preview-ended = Этот просмотр закончился. Выберите файл ещё раз.
import-running = Импортировано { $done } из { $n }. Можно уйти с этой страницы: импорт продолжится.
import-stopped = Импорт остановился: { $done } из { $n }. Ничего не потеряно и ничего не добавится дважды.
import-rest = Импортировать остальное
show-progress = Показать, сколько готово
imported =
    { $n ->
        [one] Импортировано { $n } занятие.
        [few] Импортировано { $n } занятия.
        [many] Импортировано { $n } занятий.
       *[other] Импортировано { $n } занятия.
    }
open-journal = Открыть журнал

## The audit

audit = Проверка
audit-what = Что
audit-everything = Весь филиал
audit-kind-cart = Выбор
audit-kind-activity = Событие
audit-kind-appointment = Запись
audit-kind-client = Клиент
audit-kind-link = Ссылка для записи
audit-kind-branch = Филиал
audit-id = Идентификатор
audit-from = С
audit-to = По
audit-when = Место в журнале, например 120, или момент, например 2027-01-04T10:00:00Z. Для всего филиала показано, что изменилось между ними.
audit-show = Показать
audit-id-please = Введите идентификатор того, что ищете.
audit-moment-please = Введите место, например 120, или момент, например 2027-01-04T10:00:00Z.
audit-too-much = Между ними произошло слишком много. Выберите два места поближе друг к другу.
audit-nothing = Об этом ничего не записано.
audit-nothing-changed = Между ними ничего не записано.
audit-next = Следующая страница
audit-state = Как было на месте { $n }
audit-difference = Что изменилось с места { $from } по место { $to }
audit-more = Не показано, так как слишком много: { $n }
audit-signed = Журнал последний раз подписан { $date } на месте { $n } и остаётся таким, каким был.
audit-differs = Журнал не такой, каким был подписан { $date } на месте { $n }: { $what }
audit-never-signed = Журнал ещё не подписан.
audit-refusals = Что было отклонено
audit-refusals-bounded = Это не часть журнала. Отказы хранятся 7 дней, последние 5000, и не все, если их очень много сразу.
audit-no-refusals = В последнее время ничего не отклонено.
fact-branch-opened = Открыт филиал { $name }.
fact-details-set = Заданы данные филиала.
fact-rules-set = Заданы правила филиала.
fact-service-added = Добавлена услуга { $name }.
fact-service-set = Изменена услуга { $name }.
fact-member-added = В команду пришёл новый сотрудник: { $name }.
fact-member-renamed = Сотрудника теперь зовут { $name }.
fact-link-created = Создана ссылка для записи.
fact-link-set-up = Ссылка для записи настроена заново.
fact-link-dressed = Задан вид ссылки для записи.
fact-cart-opened = Начат выбор.
fact-selection-made = Выбор сделан. Дат: { $n }.
fact-spots-set = Заданы места на одну дату. Мест: { $n }.
fact-confirmed = Всё подтверждено разом. Дат: { $n }.
fact-items-refused = Не всё удалось записать. Дат: { $n }.
fact-booked = Запись на { $date }. Мест: { $n }.
fact-cancelled-by-client = Отменил клиент.
fact-cancelled-by-staff = Отменил персонал.
fact-cancelled-by-studio = Отменила студия вместе с событием.
fact-rescheduled = Перенос: было { $was }, стало { $date }.
fact-spots-reduced = Мест стало меньше: { $n } вместо { $was }.
fact-appointment-moved = Студия перенесла событие: { $date }.
fact-arrived = Клиент пришёл.
fact-no-show = Клиент не пришёл.
fact-attendance-taken-back = Отметка о посещении снята.
fact-membership-granted = Выдан абонемент { $name }.

## Integrations

integrations = Интеграции
webhooks = Вебхуки
webhooks-are = Когда что-то записано или изменено, эти адреса узнают об этом, с подписью и без имён и номеров клиентов.
no-webhooks-yet = Вебхуков пока нет.
new-webhook = Новый вебхук
webhook-address = Адрес
add-webhook = Добавить вебхук
webhook = Настройка вебхука
webhook-everything = Всё
webhook-kinds =
    { $n ->
        [one] { $n } вид фактов
        [few] { $n } вида фактов
        [many] { $n } видов фактов
       *[other] { $n } вида фактов
    }
webhook-on = Включён.
webhook-off = Выключен.
webhook-failing = Включён, но с { $date } ничего не доходит. Попытки продолжаются три дня.
webhook-gone = Выключен { $date }: ответил, что его больше нет.
webhook-gave-up = Выключен { $date }: три дня туда ничего не доходило.
webhook-secret = Секрет
webhook-secret-shown = Виден до { $time }. Сохраните его там, где проверяются подписи.
webhook-copy-secret = Скопировать секрет
webhook-active = Отправлять на этот адрес
webhook-what = Что отправляется
webhook-all = Всё, в том числе то, что добавят следующие версии
webhook-only = Только отмеченное
facts-appointment = Записи
facts-cart = Выбор
facts-activity = События
facts-membership = Абонементы
facts-client = Клиенты
facts-link = Ссылки для записи
facts-branch = Студия
webhook-send-test = Отправить проверочное событие
webhook-test-sent = Проверочное событие отправлено.
webhook-new-secret = Создать новый секрет
webhook-overlap = Ещё 24 часа подписывает и старый секрет.
webhook-old-secret = Старый секрет тоже подписывает до { $date }.
webhook-delete = Удалить вебхук
webhook-delete-title = Удалить этот вебхук?
webhook-delete-means = То, что его ещё ждёт, больше не отправится.
webhook-deleted = Вебхук удалён.
webhook-deliveries = Что отправлено за последние 30 дней
webhook-no-deliveries = Пока ничего не отправлено.
delivery-waiting = Ожидает, следующая попытка { $date }
delivery-delivered = Доставлено
delivery-failed = Не доставлено
delivery-dropped = Больше не отправляется
outcome-delivered = принято с ответом { $status }
outcome-status = ответ { $status }
outcome-gone = ответ { $status }, адреса больше нет
outcome-timed-out = нет ответа за 10 секунд
outcome-no-connection = нет соединения, или оно прервалось
outcome-no-such-name = никто не знает этого имени
outcome-private-address = не вызван: недоступен через интернет
outcome-switched-off = не вызван: выключен
outcome-not-sent = не отправлено
milliseconds = { $n } мс
webhook-send-again = Отправить ещё раз
webhook-sent-again = Снова в пути.
webhook-older = Показать более ранние
webhook-too-many = Ничего не сохранено: у студии может быть до 20 вебхуков.
webhook-url-wrong = Введите адрес вида https://example.org/hooks.
webhook-url-https = Адрес должен начинаться с https://.
webhook-url-private = Этот адрес недоступен через интернет. Введите другой.
webhook-types-none = Отметьте хотя бы один вид или выберите всё.

## Messages

letter-greeting = Здравствуйте, { $name }!
letter-booked = { $title }: { $what }
letter-open-date = Посмотреть или изменить эту дату
letter-open-all = Все даты
letter-call = Есть вопросы? Позвоните: { $phone }.
letter-cancelled = Отменено: { $what }, { $date }
letter-you-cancelled = { $what }, { $date }: отменено по вашей просьбе.
letter-studio-cancelled = Нам пришлось отменить: { $what }, { $date }.
letter-moved = Новая дата: { $what }, { $date }
letter-studio-moved = Нам пришлось перенести: { $what }, было { $was }, стало { $date }.
letter-rescheduled = Перенесено: { $what }, было { $was }, стало { $date }.
letter-now-with = Теперь ведёт { $member }: { $service }, { $date }
letter-replaced = { $service }, { $date }: теперь ведёт { $member }, раньше { $before }.
letter-reminder = Напоминание: { $what }, { $date }
letter-remind = Ждём вас: { $what }, { $date }.
account-mail-to = Письмо для { $to }
mailbox-invitations =
    { $n ->
        [one] с { $n } датой для календаря
        [few] с { $n } датами для календаря
        [many] с { $n } датами для календаря
       *[other] с { $n } датами для календаря
    }

## Signing in as staff

staff-login = Логин или почта
staff-password = Пароль
staff-wrong = Этот логин и этот пароль не подходят друг к другу.
staff-begin-again = Введите, пожалуйста, пароль ещё раз.
staff-password-set = Пароль сохранён. Войдите, пожалуйста.
staff-other-login = Другой логин
staff-code-hint = 6 цифр из приложения или один из кодов на бумаге.
staff-wrong-code = Этот код не подходит или уже использован.
staff-code-closed =
    { $n ->
        [one] Слишком много попыток. Попробуйте снова через { $n } минуту.
        [few] Слишком много попыток. Попробуйте снова через { $n } минуты.
        [many] Слишком много попыток. Попробуйте снова через { $n } минут.
       *[other] Слишком много попыток. Попробуйте снова через { $n } минуты.
    }
staff-not-yet-title = Пока никто не может войти
staff-not-yet = Тот, кто обслуживает этот сервис, создаёт первого владельца студии этой командой:
staff-until-owner = Пока нет владельца, этими страницами может пользоваться любой за этим компьютером; создать его можно так:
staff-you-are = Вы работаете как: { $name }, { $role }
staff-choose-password = Выберите пароль
staff-for-login = Вы входите как { $login }.
staff-new-password = Новый пароль
staff-password-hint = 12 знаков или больше. Несколько слов легко запомнить.
staff-password-short = Выберите пароль от 12 до 200 знаков, не из одинаковых.
staff-save-password = Сохранить пароль
staff-your-studios = Ваши студии
staff-no-studio = Сейчас вы не работаете ни в одной студии.
staff-my-sign-in = Мой вход
staff-current-password = Нынешний пароль
staff-wrong-password = Это не ваш нынешний пароль.
staff-change-password = Сменить пароль
staff-password-changed = Пароль изменён. Везде, кроме этого места, вы вышли.
staff-second-factor = Второй фактор
staff-second-off = Он выключен. С ним при входе нужен ещё и код из приложения на телефоне.
staff-second-on =
    { $n ->
        [one] Он включён. На бумаге остался { $n } код.
        [few] Он включён. На бумаге осталось { $n } кода.
        [many] Он включён. На бумаге осталось { $n } кодов.
       *[other] Он включён. На бумаге осталось { $n } кода.
    }
staff-second-is-off = Второй фактор выключен.
staff-second-begin = Настроить
staff-second-scan = Отсканируйте это приложением для кодов или введите в нём ключ. Затем введите код, который оно покажет.
staff-second-picture = Изображение ключа для приложения
staff-second-key = Ключ
staff-second-open-app = Открыть в приложении на этом устройстве
staff-second-switch-on = Включить
staff-second-switch-off = Выключить
staff-second-wrong = Этот код не подходит. Введите тот, который приложение показывает сейчас, и проверьте часы телефона.
staff-codes-title = Ваши коды на бумаге
staff-codes-text = Второй фактор включён. Каждый из этих кодов один раз заменяет приложение. Больше они не показываются.
staff-codes-kept = Коды записаны
staff-sessions = Где вы вошли как сотрудник
staff-session-since = с { $since }, последний раз здесь { $seen }
staff-this-browser = этот браузер
staff-end-session = Выйти там
staff-end-others = Выйти везде, кроме этого места
staff-sessions-ended = Там вы вышли.
not-allowed-title = Не входит в вашу роль
not-allowed = Ваша роль в этой студии этого не включает. Ничего не изменено.
who-former-staff = бывший сотрудник
by-somebody = сделал(а) { $name }
by-former-staff = сделал бывший сотрудник
role-owner = Владелец
role-manager = Управляющий
role-front-desk = Администратор
role-auditor = Аудитор
role-owner-may = делает здесь всё и решает, кто здесь работает
role-manager-may = планирует занятия и настраивает студию
role-front-desk-may = записывает, переносит и отменяет для клиентов, отмечает пришедших
role-auditor-may = читает всё и ничего не меняет
staff-role = Роль
staff-roles = Что можно каждой роли
staff-invited = пароль ещё не выбран
staff-new-link = Новая ссылка
staff-remove = Убрать
staff-add = Добавить сотрудника
staff-link = Ссылка для выбора пароля
staff-link-hint = Передайте её только этому человеку. Она действует один раз, 7 дней, и больше не показывается.
staff-role-set = Роль изменена. Нужно войти заново.
staff-removed = Этот человек здесь больше не работает и вышел.
staff-known = Этот человек входит как прежде и теперь работает и здесь.
staff-login-wrong = Логин состоит из 2–100 букв, цифр и знаков, без пробелов.
staff-already = Сотрудник с таким логином здесь уже есть.
staff-unknown = Этот человек здесь не работает.
staff-last-owner = У студии остаётся хотя бы один владелец. Сначала назначьте другого.
staff-elsewhere = Этот человек работает и в других студиях. Помочь может тот, кто обслуживает сервис.
tokens = Ключи API
tokens-hint = Ваши программы показывают его API. Каждый действует только для этой студии.
tokens-none = Ключей пока нет.
token-new = Новый ключ
token-scope = Можно
scope-read = всё читать
scope-book = читать и менять записи
scope-settings = читать и менять записи, занятия и настройки
token-days = Дней до окончания
token-days-wrong = Введите от 1 до 730 дней.
token-make = Создать ключ
token-made = Новый ключ готов
token-made-hint = Скопируйте его сейчас. Больше он не показывается.
token-copy = Скопировать ключ
token-until = до { $date }
token-ended-at = закончился { $date }
token-revoked-at = отозван { $date }
token-used-at = последний раз использован { $date }
token-never-used = не использовался
token-revoke = Отозвать
token-revoked = Ключ отозван и больше ничего не открывает.
