/** What is said in Russian when something fails: the sentences of the API, or by the code where they are not at hand. */
import type { ProblemTexts } from "../../../../shared/english/catalogue.ts";
import type { ProblemCode } from "../../../../shared/problem.ts";
import { type FailureCode, SERVER_FAILED } from "../../../client/problem.ts";
import type { KitchenTexts } from "../en.ts";
import { type Catalogue, sayAll } from "../say.ts";

/** By code, for where no sentence came, or its words did not load. */
export const PROBLEMS: Record<ProblemCode | FailureCode, string> = {
  bad_request: "В запросе что-то не так.",
  unauthorized: "Для этого нужно войти с ключом.",
  forbidden: "С этим ключом сюда нельзя.",
  not_found: "Этого здесь больше нет.",
  method_not_allowed: "Так это сделать нельзя. Обновите страницу.",
  not_acceptable: "Ответ в нужном виде получить нельзя. Обновите страницу.",
  empty_body: "Файл пришёл пустым. Выберите его ещё раз.",
  body_too_large: "Слишком много за один раз. Отправьте меньше.",
  body_too_slow: "Отправка шла слишком медленно. Попробуйте ещё раз, лучше по другой сети.",
  unsupported_media_type: "Такой файл прочитать не удаётся. Подойдут JPEG, PNG, WebP и GIF.",
  not_an_image: "Этот файл не похож на фото. Подойдут JPEG, PNG, WebP и GIF.",
  image_too_large: "В этом фото слишком много пикселей. Попробуйте поменьше.",
  image_broken: "Фото повреждено: часть его отсутствует или не читается. Отправьте его ещё раз.",
  invalid_embedding: "Числа, полученные из фото, не годятся. Отправьте само фото.",
  no_head: "Действующей версии ещё нет: сначала нужно обучение.",
  head_purged: "Веса этой версии удалены: она старая или видела фото, которые нужно было забыть. Возьмите другую.",
  unknown_class: "Такого блюда в меню нет.",
  class_exists: "Такое блюдо в меню уже есть.",
  place_exists: "Такое место уже есть.",
  too_many_places: "Мест уже столько, сколько возможно. Удалите то, которое больше не нужно.",
  too_many_webhooks: "Адресов уже столько, сколько возможно. Удалите один из них.",
  class_archived: "Это блюдо в архиве. Сначала верните его или выберите другое.",
  receipt_invalid: "Этот ответ исправить нельзя: он выдан не здесь или изменён.",
  receipt_expired: "Этот ответ исправить уже нельзя: прошло много времени.",
  already_decided: "Об этой поправке уже решили.",
  cannot_undo: "Это решение отменить уже нельзя.",
  key_ended: "Этот ключ больше не действует.",
  last_admin_key:
    "Это последний действующий ключ администратора: без него управлять было бы некому. Сначала создайте другой или замените этот.",
  too_many_corrections: "Из одной сети ждёт слишком много. Разберите то, что есть, потом придёт новое.",
  rate_limited: "Слишком много запросов подряд. Подождите несколько секунд и попробуйте ещё раз.",
  quota_exceeded: "Запросы на сегодня закончились. Новый день начинается в полночь по Гринвичу.",
  human_check_failed: "Не удалось убедиться, что спрашивает человек. Попробуйте ещё раз.",
  human_check_unavailable: "Не удалось проверить, что спрашивает человек. Попробуйте через минуту.",
  import_conflict: "Импорт сейчас невозможен: идёт другая работа с теми же данными.",
  idempotency_mismatch: "Этот запрос уже отправляли с другим содержимым. Обновите страницу.",
  idempotency_in_progress: "На первый такой запрос ответа ещё нет. Подождите немного.",
  review_queue_full: "В очереди столько поправок, что больше принять нельзя. Сначала разберите их.",
  overloaded: "Сейчас приходит больше фото, чем можно посмотреть. Попробуйте через несколько секунд.",
  backbone_mismatch: "Эти данные посчитаны другой нейросетью и здесь не годятся.",
  backbone_unavailable: "Нейросеть сейчас не отвечает. Попробуйте через минуту.",
  storage_unavailable: "База данных не ответила; из этого запроса ничего не сохранено. Попробуйте ещё раз.",
  misconfigured: "Сервер настроен неверно.",
  internal: "На сервере что-то сломалось. Попробуйте ещё раз; если повторится, посмотрите журнал сервера.",
  offline: "Сервер недоступен. Проверьте соединение и попробуйте ещё раз.",
  timeout: "Сервер слишком долго не отвечал. Попробуйте ещё раз.",
  aborted: "Остановлено.",
  unreadable: "Ответ сервера прочитать не удалось. Обновите страницу.",
};

/** What the page itself says of answers that are not the API's. */
const OF_PAGE: Catalogue = {
  [SERVER_FAILED]: ({ status }: { status: number }) => `Сервер ответил ошибкой ${status} и не объяснил её.`,
};

/** Their words say what to fix, even in English: for answers of an older version of the API. */
const SHOWN_WITH_DETAIL: readonly string[] = ["bad_request", "misconfigured", "backbone_unavailable"];

/** The two functions that explain; `loadTexts` brings a script of its own, a tenth of the page's: most people meet no problem. */
export function createExplainer(
  problems: Record<ProblemCode | FailureCode, string>,
  loadTexts: () => Promise<ProblemTexts>,
): Pick<KitchenTexts["frame"], "explain" | "prepareToExplain"> {
  let catalogue: Catalogue = OF_PAGE;
  return {
    /** Without a connection the codes' words have to do. */
    prepareToExplain: async () => {
      catalogue =
        (await loadTexts()
          .then((texts) => ({ ...OF_PAGE, ...texts }))
          .catch(() => null)) ?? catalogue;
    },
    explain: ({ code, detail, says }) => {
      const said = sayAll(says, catalogue);
      if (said !== null) return said;
      const problem = new Map(Object.entries(problems)).get(code);
      if (problem === undefined) return detail;
      return SHOWN_WITH_DETAIL.includes(code) && detail !== "" ? `${problem} (${detail})` : problem;
    },
  };
}

export const { explain, prepareToExplain } = createExplainer(
  PROBLEMS,
  async () => (await import("./said/problems.ts")).problemTexts,
);
