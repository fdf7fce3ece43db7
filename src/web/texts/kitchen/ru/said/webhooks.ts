/** Problems of webhooks, in Russian. */
import type { WebhookTexts } from "../../../../../shared/english/catalogue.ts";

export const webhooks: WebhookTexts = {
  no_such_webhook: () => "Этого адреса здесь больше нет. Обновите страницу.",
  no_such_delivery: () => "Этого сообщения здесь больше нет: старые сообщения удаляются.",
  too_many_webhooks: ({ limit }) => `Адресов уже ${limit}, больше нельзя. Удалите один из них.`,
  address_no_url: ({ limit }) =>
    `Адрес должен быть полным, не длиннее ${limit} знаков, например https://shop.example.com/headstart.`,
  address_not_https: () => "Адрес должен начинаться с https://.",
  address_with_password: () => "В адресе не должно быть имени и пароля. Вместо этого проверяйте подпись сообщений.",
  address_at_odd_port: () => "Порт в адресе может быть только 443 или 8443.",
  address_is_number: () => "В адресе должно стоять имя сервера, а не его IP-адрес.",
  address_not_public: () => "Сервер должен быть виден из интернета: в его имени есть точка, но не в конце.",
  address_with_fragment: () => "В адресе не должно быть знака #: то, что стоит за ним, никуда не отправляется.",
};
