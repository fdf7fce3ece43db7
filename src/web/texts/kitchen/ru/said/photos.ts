/** Problems of photos and of what comes instead of them, in Russian. */
import type { InputTexts, PhotoTexts } from "../../../../../shared/english/catalogue.ts";
import { words } from "../words.ts";
import { decimals, megabytes } from "./figures.ts";

const ADVICE = "Отправьте JPEG, PNG, WebP или GIF.";
const AGAIN = "Отправьте фото ещё раз.";
const PLAIN = "Сохраните фото ещё раз как обычный JPEG.";

export const photos: PhotoTexts = {
  photo_empty: () => `Файл пустой. ${ADVICE}`,
  photo_without_pixels: () => "В фото нет ни одного пикселя. Отправьте другое.",
  not_a_photo: () => "Этот файл не похож на фото. Подойдут JPEG, PNG, WebP и GIF.",
  heic_photo: () => "HEIC здесь прочитать нельзя: сохраните фото как JPEG.",
  raw_photo: () => `TIFF и RAW здесь прочитать нельзя. ${ADVICE}`,
  other_format: ({ format }) => `${format} здесь прочитать нельзя. ${ADVICE}`,
  packed_file: ({ format }) => `Архивы ${format} здесь прочитать нельзя. ${ADVICE}`,
  rare_jpeg: () => `JPEG такого вида прочитать нельзя. ${PLAIN}`,
  jpeg_of_many_scans: () => `В этом JPEG слишком много проходов. ${PLAIN}`,
  jpeg_of_other_depth: ({ bits }) => `JPEG с ${bits} битами на цвет прочитать нельзя. ${PLAIN}`,
  photo_cut_off: ({ format }) => `Файл ${format} оборван: нижней части нет. ${AGAIN}`,
  photo_lacks_rows: ({ format }) => `Файл ${format} оборван: нижней части нет. ${AGAIN}`,
  photo_structure_damaged: ({ format }) => `Файл ${format} повреждён. ${AGAIN}`,
  photo_data_damaged: ({ format }) => `Файл ${format} повреждён. ${AGAIN}`,
  photo_too_large: ({ bytes, limit }) => `В фото ${megabytes(bytes)}, помещается не больше ${megabytes(limit)}.`,
  too_many_pixels: ({ width, height, limit }) =>
    `В фото ${width}\u00a0×\u00a0${height} = ${megapixels(width * height)} мегапикселя; такие здесь читаются до ${megapixels(limit)}. ` +
    "Уменьшите его или отправьте обычный JPEG, не прогрессивный.",
  no_photo_fields: () => "В запросе нет фото. Выберите файлы ещё раз.",
  no_photo_field: () => "В запросе нет фото. Выберите файл ещё раз.",
  one_photo_at_a_time: () => "За один раз можно отправить одно фото.",
  too_many_photos: ({ sent, limit }) => `Отправлено фото: ${sent}, за один раз помещается не больше ${limit}.`,
  photo_of_several: ({ number, of }) => `Фото ${number} из ${of} не подошло.`,
  together_of_texts: () => "Здесь читаются тексты, и на каждый отвечают отдельно.",
  other_content_type: () => "Такой файл прочитать не удаётся. Подойдут JPEG, PNG, WebP и GIF.",
  reads_photos_only: () => `Здесь читаются фото, а не тексты. ${ADVICE}`,
};

export const inputs: InputTexts = {
  text_too_long: ({ characters, limit }) =>
    `В тексте ${words.formatCount(characters)} знаков, прочитать можно не больше ${words.formatCount(limit)}. Оставьте главное.`,
  text_of_too_many_pieces: () => "Текст слишком длинный. Оставьте главное.",
  text_too_long_for_service: () => "Для модели в Workers AI текст слишком длинный. Оставьте главное.",
  text_empty: () => "Текст пустой: читать нечего.",
  text_not_utf8: () => "Текст не в UTF-8. Сохраните его в этой кодировке.",
  entry_no_text: () => "Эта запись списка — не текст.",
  text_of_another_receipt: () => "Ответ был дан не об этом тексте. Спросите ещё раз.",
  reads_texts_only: () => "Здесь читаются тексты. Подойдут строки, CSV и TSV.",
  no_base64_field: () => "В запросе нет самого файла.",
  address_not_fetched: () => "По адресу ничего не загружается: отправьте сам файл.",
  broken_base64: () => "Файл пришёл испорченным: это не base64.",
  embedding_unusable: () => "Числа, полученные на устройстве, не годятся. Отправьте оригинал.",
  embedding_of_another_backbone: () => "Эти числа посчитаны другой нейросетью. Обновите страницу.",
};

function megapixels(pixels: number): string {
  return decimals(pixels / 1e6, 1);
}
