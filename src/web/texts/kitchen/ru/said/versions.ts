/** Problems of versions, of the backbone and of files, in Russian. */
import type { FileTexts, VersionTexts } from "../../../../../shared/english/catalogue.ts";
import { labelsOfAnotherBackbone } from "./sums.ts";

const SOON = "Обучение начнётся само через несколько минут или сразу по кнопке «Обучить».";

export const versions: VersionTexts = {
  too_few_items: ({ items, needed }) =>
    `Действующей версии ещё нет: блюд в меню ${items}, нужно хотя бы ${needed}. Добавьте блюда и фото.`,
  too_few_shown_items: ({ items, needed }) =>
    `Действующей версии ещё нет: блюд с фото ${items}, нужно хотя бы ${needed}. Добавьте фото к другим.`,
  too_few_known_items: ({ items, needed }) =>
    `Действующей версии ещё нет: блюд с фото или описанием ${items}, нужно хотя бы ${needed}. Добавьте фото к другим или опишите их.`,
  descriptions_wait: () => `Действующей версии ещё нет: описания ждут обучения. ${SOON}`,
  labels_wait: ({ labels }) => `Действующей версии ещё нет: ждут обучения метки (${labels}). ${SOON}`,
  none_live: () => "Действующей версии нет: объяснять нечего.",
  no_such_version: ({ version }) => `Версии ${version} нет.`,
  version_purged: ({ version }) =>
    `Веса версии ${version} удалены: она старая или видела фото, которые нужно было забыть. Возьмите другую.`,
  version_of_another_backbone: ({ version }) =>
    `Версия ${version} сделана для другой нейросети и отвечать здесь не может.`,
  nothing_to_draw: () => "Рисовать нечего: для карты нужны два блюда, выученные по примерам.",
  nothing_to_export: () => "Всё, что знает эта версия, убрано в архив: файлу отвечать нечем.",
  network_elsewhere: () => "Читает внешняя служба, поэтому отдать файлом здесь нечего.",
  network_too_old: ({ oldest }) =>
    `Файл нейросети слишком старый (набор операторов до ${oldest}). Сохраните её заново с набором 13 или новее.`,
  live_of_another_backbone: ({ stored, current }) =>
    `Действующая версия сделана для нейросети ${stored}, а здесь работает ${current}. Верните прежнюю и подготовьте смену командой headstart reembed.`,
  labels_of_another_backbone: labelsOfAnotherBackbone,
  change_needs_labels: () => "Меток ещё нет, пересчитывать нечего: просто поставьте другую нейросеть.",
  change_under_way: ({ name }) =>
    `Вторая нейросеть уже есть: ${name}. Закончите эту смену или прервите её командой headstart reembed --end.`,
  same_backbone: ({ name }) => `${name} и так работает здесь: менять нечего.`,
  no_second_backbone: () => "Второй нейросети нет. Её готовит команда headstart reembed.",
  answers_by_it: ({ name }) =>
    `Здесь работает ${name}, а метки ещё посчитаны другой нейросетью. Запустите обучение, оно закончит смену, или верните прежнюю.`,
  photos_missing: ({ missing }) =>
    `Для новой нейросети не посчитано примеров: ${missing}. Найдите их фото или назовите те, что можно оставить.`,
  not_of_this_backbone: () => "Это числа третьей нейросети. Сначала начните смену.",
  backbone_broken: ({ fault }) => `Нейросеть сейчас не отвечает. (${fault})`,
  backbone_failed: () => "Нейросеть сейчас не отвечает. Попробуйте через минуту.",
  vocabulary_missing: () => "Словарь нейросети не загрузился. Попробуйте через минуту.",
  no_service_binding: () =>
    "У этого сервера нет доступа к Workers AI: добавьте его в wrangler.toml и разверните снова.",
  service_of_another_length: () => "Модель в Workers AI — не та, что записана. Поставьте нейросеть заново.",
  service_unclear: () => "Ответ Workers AI прочитать не удалось. Попробуйте ещё раз.",
  service_full: () => "В Workers AI сейчас нет места. Попробуйте через несколько секунд.",
  service_too_late: () => "Workers AI не ответил вовремя. Попробуйте через минуту.",
  service_spent: () =>
    "Бесплатные запросы к Workers AI на сегодня закончились. Новые будут в полночь по Гринвичу или с тарифом Workers Paid.",
  service_refused: () => "Workers AI отказал. Попробуйте ещё раз.",
  service_refused_with_number: ({ number }) => `Workers AI отказал с ошибкой ${number}. Попробуйте ещё раз.`,
};

export const files: FileTexts = {
  not_ndjson: () => "Это не строки экспорта. Выберите файл экспорта.",
  no_export_header: () => "Это не файл экспорта: первая строка не та.",
  too_many_rows: ({ rows, limit }) => `Строк слишком много: ${rows}, за один раз можно не больше ${limit}.`,
  file_cut_off: () => "Файл оборван: последней строки нет.",
  end_of_another_file: () => "Последняя строка — от другого файла.",
  file_changed: () => "Файл изменён или оборван: контрольная сумма не сходится.",
  rows_out_of_order: () => "Строки стоят не в том порядке, что в экспорте.",
  file_of_another_backbone: ({ theirs, ours }) =>
    `Файл сделан с нейросетью ${theirs}, а здесь работает ${ours}. Сначала поставьте ту же.`,
  another_file_is_restored: () =>
    "Здесь восстанавливается другой файл. Закончите с ним или прервите это восстановление.",
  file_is_restored: () => "Этот файл здесь уже восстанавливается. Продолжите восстановление или прервите его.",
  not_empty: () => "Здесь уже есть данные, и они не от этого файла. Его можно только добавить к тому, что есть.",
  training_at_work: () => "Идёт обучение. Попробуйте, когда оно закончится.",
  restore_given_up: () => "Это восстановление тем временем прервали.",
  no_backup_bucket: () =>
    "Хранилища для резервных копий нет. Разверните Headstart командой `npm run deploy -- --backups` или привяжите хранилище как BACKUPS в wrangler.toml.",
  no_such_backup: ({ name }) => `Резервной копии ${name} нет. Какие есть, покажет список (GET /v1/admin/backups).`,
  no_restore: () => "Сейчас ничего не восстанавливается.",
};
