/** Words of the API that tell more than the code of a problem: figures, names, which of several reasons. In Russian. */
import type { Pattern } from "../patterns.ts";
import { count, words } from "./words.ts";

const DOOR: readonly Pattern[] = [
  [
    /This is neither a key in use nor the admin token of this deployment:.*/s,
    () => "Это не действующий ключ и не токен администратора: он неверен, истёк или отозван.",
  ],
  [
    /This admin token has made the first admin key and is spent\..*/s,
    () =>
      "Этим токеном уже создан первый ключ администратора, больше он не действует. Войдите с тем ключом. Если он потерян, " +
      "задайте новый ADMIN_TOKEN: он действует, пока не создаст ключ администратора.",
  ],
  [
    /The assertion of Cloudflare Access could not be verified\..*/s,
    () =>
      "Вход через Cloudflare Access проверить не удалось. Войдите ещё раз; если не поможет, проверьте ACCESS_TEAM_DOMAIN и ACCESS_AUD.",
  ],
  [
    /The kitchen needs a key with the role .*; this one has (\w+)\./,
    (role) => `С этим ключом на кухню нельзя: его роль — ${nameRole(role)}.`,
  ],
  [
    /This needs the role (\w+); the key that was sent has (\w+)\./,
    (least, role) => `Для этого нужна роль «${nameRole(least)}», а у этого ключа — «${nameRole(role)}».`,
  ],
  [
    /This request did not come from a page of this site\./,
    () => "Этот запрос пришёл не с нашей страницы. Откройте её заново.",
  ],
];

const LIMITS: readonly Pattern[] = [
  [
    /This (?:network|key) asks too often\. Try again in (\d+) s\./,
    (seconds) => `Слишком много запросов подряд. Попробуйте через ${seconds}\u00a0с.`,
  ],
  [
    /The (\d+) requests of today have been used up\..*/,
    (quota) =>
      `Запросы на сегодня закончились: их ${words.formatCount(Number(quota))}. Новый день начинается в полночь по Гринвичу.`,
  ],
  [
    /The request's body is larger than (\d+) bytes\. Send less at once\./,
    (limit) => `Это больше ${formatMegabytes(limit)}: столько за один раз не принимается.`,
  ],
  [
    /The photo has (\d+) bytes; at most (\d+) fit\./,
    (size, limit) => `В фото ${formatMegabytes(size)}, помещается не больше ${formatMegabytes(limit)}.`,
  ],
  [
    /image: (\d+) photos were sent, at most (\d+) fit in one request\./,
    (sent, limit) => `Отправлено фото: ${sent}, за один раз помещается не больше ${limit}.`,
  ],
];

const PHOTOS: readonly Pattern[] = [
  [
    /The photo has (\d+) x (\d+) = ([\d.]+) megapixels; at most ([\d.]+) of this kind .*/s,
    (width, height, size, limit) =>
      `В фото ${width}\u00a0×\u00a0${height} = ${comma(size)} мегапикселя; такие здесь читаются до ${comma(limit)}. ` +
      "Уменьшите его или отправьте обычный JPEG, не прогрессивный.",
  ],
  [
    /The (\w+) is cut off: (?:its end is|rows are) missing\. Send the photo again\./,
    (format) => `Файл ${format} оборван: нижней части нет. Отправьте фото ещё раз.`,
  ],
  [
    /The (\w+)(?:'s structure| data) is damaged\. Send the photo again\./,
    (format) => `Файл ${format} повреждён. Отправьте фото ещё раз.`,
  ],
  [/The photo has no pixels\. Send another one\./, () => "В фото нет ни одного пикселя. Отправьте другое."],
  [/The photo is empty\. .*/, () => "Файл пустой. Отправьте JPEG, PNG, WebP или GIF."],
  [/HEIC photos cannot be read here:.*/, () => "HEIC здесь прочитать нельзя: сохраните фото как JPEG."],
  [
    /(AVIF|BMP|JPEG XL|JPEG 2000) is not supported\. .*/,
    (format) => `${format} здесь прочитать нельзя. Отправьте JPEG, PNG, WebP или GIF.`,
  ],
  [
    /TIFF and raw photos are not supported\. .*/,
    () => "TIFF и RAW здесь прочитать нельзя. Отправьте JPEG, PNG, WebP или GIF.",
  ],
];

const MENU: readonly Pattern[] = [
  [
    /The menu already has an item that goes by "(.*)" or one of the aliases\./s,
    (name) => `В меню уже есть блюдо, которое зовётся «${name}» или одним из других названий.`,
  ],
  [
    /The menu already has an item with the id "(.*)"\. .*/s,
    (id) => `Код «${id}» в меню уже занят. Не указывайте код или возьмите другой.`,
  ],
  [
    /The archived item ".*?" is called "(.*)"\. Restore it, or give the new item another name\./s,
    (name) => `Блюдо «${name}» лежит в архиве. Верните его или назовите новое блюдо иначе.`,
  ],
  [/There is no menu item "(.*?)"\.(?: GET \/v1\/menu .*)?/s, (item) => `Блюда «${item}» в меню нет.`],
  [
    /The menu item "(.*?)" was merged into "(.*?)"\. Use that one\./s,
    (item, target) => `Блюдо «${item}» объединено с «${target}». Выберите то.`,
  ],
  [
    /"(.*?)" was merged into "(.*?)" and has no examples of its own\. Add a new item instead\./s,
    (item, target) => `Блюдо «${item}» объединено с «${target}», своих фото у него нет. Добавьте новое.`,
  ],
  [
    /The menu item "(.*?)" is archived\. Restore it first, or choose another one\./s,
    (item) => `Блюдо «${item}» в архиве. Сначала верните его или выберите другое.`,
  ],
  [
    /The menu item "(.*?)" is archived\. Restore it first, or reject this\./s,
    (item) => `Блюдо «${item}» в архиве. Сначала верните его или отклоните поправку.`,
  ],
  [/into: an item cannot be merged into itself\./, () => "Блюдо нельзя объединить с ним самим."],
  [/name: is empty/, () => "Название пустое."],
  [
    /(name|description|aliases\.\d+): has line breaks, control characters or others that nobody sees; type it anew/,
    (field) => `${nameField(field)} содержит знаки, которых никто не видит. Наберите заново, в одну строку.`,
  ],
  [
    /(name|description|aliases\.\d+): is longer than (\d+) characters/,
    (field, limit) =>
      `${nameField(field)} не помещается: можно не больше ${count(Number(limit), { one: "знака", other: "знаков" })}.`,
  ],
  [
    /aliases: Too big: expected array to have <=(\d+) items/,
    (limit) => `Других названий может быть не больше ${limit}.`,
  ],
  [/There is no such example\..*/, () => "Этого фото больше нет."],
  [/There is no such correction\./, () => "Этой поправки больше нет."],
  [/There is no such suggestion\./, () => "Этого предложения больше нет."],
];

const DECISIONS: readonly Pattern[] = [
  [
    /There is no decision on this photo and label that could be undone\./,
    () => "Решения, которое можно отменить, нет.",
  ],
  [
    /The decision is more than a day old: what it was about has been deleted\./,
    () => "Решению больше суток: того, о чём оно было, уже нет.",
  ],
  [
    /The photo's label has been changed since\. Relabel or forget it instead\./,
    () => "Метку фото с тех пор изменили. Смените её ещё раз или удалите фото.",
  ],
  [
    /The item that the photo belonged to before is gone\. Relabel it instead\./,
    () => "Блюда, к которому относилось фото, больше нет. Дайте фото другую метку.",
  ],
];

const VERSIONS_AND_KEYS: readonly Pattern[] = [
  [/There is no head (\S+?)\.(?: GET .*)?/, (version) => `Версии ${version} нет.`],
  [
    /The weights of head (\d+) have been deleted:.*/,
    (version) =>
      `Веса версии ${version} удалены: она старая или видела фото, которые нужно было забыть. Возьмите другую.`,
  ],
  [
    /Head (\d+) was made for another backbone and cannot answer here\./,
    (version) => `Версия ${version} сделана для другой нейросети и отвечать здесь не может.`,
  ],
  [/The key \S+ has expired: .*/, () => "Срок этого ключа истёк: задайте новый срок."],
  [/The key \S+ was revoked: make a new one\./, () => "Этот ключ отозван: создайте новый."],
  [/There is no key \S+\. .*/, () => "Такого ключа нет."],
];

const FILES: readonly Pattern[] = [
  [/The first line is not the header of a \S+ of version 1 or 2\./, () => "Это не файл экспорта: первая строка не та."],
  [
    /The body has (\d+) rows; send (\d+) at most, .*/,
    (rows, limit) => `Строк слишком много: ${rows}, за один раз можно не больше ${limit}.`,
  ],
  [/The file is cut off: it has no end line\..*/, () => "Файл оборван: последней строки нет."],
  [/The end line is of another file\./, () => "Последняя строка — от другого файла."],
  [/The file was changed or cut off: .*/, () => "Файл изменён или оборван: контрольная сумма не сходится."],
  [/The rows are not in the order of an export\./, () => "Строки стоят не в том порядке, что в экспорте."],
  [
    /The file's embeddings were made by backbone (\w+) \((\d+) numbers\), this deployment runs (\w+) \((\d+)\)\..*/s,
    (theirs, _, ours) => `Файл сделан с нейросетью ${theirs}, а здесь работает ${ours}. Сначала поставьте ту же.`,
  ],
  [
    /Another file is being restored here\. Finish that restore with its file, or give it up\./,
    () => "Здесь восстанавливается другой файл. Закончите с ним или прервите это восстановление.",
  ],
  [
    /This file is being restored here\. Go on with the restore, or give it up\./,
    () => "Этот файл здесь уже восстанавливается. Продолжите восстановление или прервите его.",
  ],
  [/This restore was given up meanwhile\./, () => "Это восстановление тем временем прервали."],
  [/No restore is under way\./, () => "Сейчас ничего не восстанавливается."],
  [
    /This deployment is not empty, and not what is left of a restore of this file\. .*/,
    () => "Здесь уже есть данные, и они не от этого файла. Его можно только добавить к тому, что есть.",
  ],
  [
    /A training run is at work\. Try again when it has ended\./,
    () => "Идёт обучение. Попробуйте, когда оно закончится.",
  ],
];

const CONNECTION: readonly Pattern[] = [
  [
    /The server answered with an error \((\d+)\) and did not say why\./,
    (status) => `Сервер ответил ошибкой ${status} и не объяснил её.`,
  ],
];

export const PROBLEM_DETAILS: readonly Pattern[] = [
  ...[...DOOR, ...LIMITS, ...PHOTOS, ...MENU],
  ...[...DECISIONS, ...VERSIONS_AND_KEYS, ...FILES, ...CONNECTION],
];

function nameRole(role: string): string {
  return (
    new Map([
      ["classify", "спрашивать"],
      ["label", "добавлять фото"],
      ["review", "разбирать поправки"],
      ["admin", "администратор"],
    ]).get(role) ?? role
  );
}

function nameField(field: string): string {
  if (field === "description") return "Описание";
  return field === "name" ? "Название" : "Другое название";
}

/** Rounded down: what is said to fit does fit. */
function formatMegabytes(bytes: string): string {
  return `${words.formatCount(Math.floor(Number(bytes) / 1e5) / 10)}\u00a0МБ`;
}

function comma(digits: string): string {
  return digits.replace(".", ",");
}
