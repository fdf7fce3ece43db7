/** Problems of keys, roles and limits, in Russian. */
import type { AccessTexts } from "../../../../../shared/english/catalogue.ts";
import { words } from "../words.ts";
import { nameRole } from "./figures.ts";

const wait = (seconds: number) => `Попробуйте через ${words.formatCount(seconds)}\u00a0с.`;

export const access: AccessTexts = {
  wrong_secret: () => "Это не действующий ключ и не токен администратора: он неверен, истёк или отозван.",
  bootstrap_spent: () =>
    "Этим токеном уже создан первый ключ администратора, больше он не действует. Войдите с тем ключом. Если он потерян, " +
    "задайте новый ADMIN_TOKEN: он действует, пока не создаст ключ администратора.",
  wrong_assertion: () =>
    "Вход через Cloudflare Access проверить не удалось. Войдите ещё раз; если не поможет, проверьте ACCESS_TEAM_DOMAIN и ACCESS_AUD.",
  wrong_sign_in_code: () =>
    "Эта ссылка для входа уже использована, истекла или осталась от прошлого запуска. Нажмите Enter там, где запущен npm start, и откройте новую.",
  needs_key: ({ least }) => `Для этого нужно войти с ключом, роль которого — «${nameRole(least)}».`,
  needs_role: ({ least, role }) => `Для этого нужна роль «${nameRole(least)}», а у этого ключа — «${nameRole(role)}».`,
  kitchen_needs_role: ({ role }) => `С этим ключом на кухню нельзя: его роль — ${nameRole(role)}.`,
  no_access_rule: () => "Так это сделать нельзя никому.",
  foreign_page: () => "Этот запрос пришёл не с нашей страницы. Откройте её заново.",
  network_too_often: ({ seconds }) => `Слишком много запросов подряд. ${wait(seconds)}`,
  key_too_often: ({ seconds }) => `С этим ключом слишком много запросов подряд. ${wait(seconds)}`,
  too_many_wrong_keys: ({ seconds }) => `Слишком много неверных ключей из этой сети. ${wait(seconds)}`,
  quota_spent: ({ quota }) =>
    `Запросы на сегодня закончились: их ${words.formatCount(quota)}. Новый день начинается в полночь по Гринвичу.`,
  no_human_token: () => "Нужно подтвердить, что спрашивает человек. Откройте страницу заново.",
  wrong_human_token: () => "Не удалось убедиться, что спрашивает человек. Попробуйте ещё раз.",
  human_check_silent: () => "Не удалось проверить, что спрашивает человек. Попробуйте через минуту.",
  wrong_turnstile_secret: () =>
    "Cloudflare не знает TURNSTILE_SECRET. Задайте секрет того виджета, который назван в TURNSTILE_SITE_KEY.",
  no_such_key: () => "Такого ключа нет.",
  key_expired: () => "Срок этого ключа истёк: задайте новый срок.",
  key_revoked: () => "Этот ключ отозван: создайте новый.",
  last_admin_key: () =>
    "Это последний действующий ключ администратора: без него управлять было бы некому. Сначала создайте другой или замените этот.",
};
