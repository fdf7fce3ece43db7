/**
 * What there is to tap for a guest who has nothing at hand, while the example is on the menu: drawings or invented mails that taught
 * it nothing. Hidden until `client/samples.ts` has seen the menu; without script they stay away.
 */
import type { Child, FC } from "hono/jsx";

/** How many drawings `tools/example-menu/draw.ts` made to try the example on: one of each item, and one that is not on the menu. */
const SAMPLE_DRAWINGS = 4;
const DRAWING_PIXELS = 160;

/** Of the kinds of the example mailbox, and as new to it as a stranger's. */
const SAMPLE_MAILS = [
  "I paid for two pizzas but only one came. Could you give me the money for the other one back?",
  "Is there a table for six on Saturday evening, and do you have high chairs?",
  "The delivery took two hours, and the pizza was cold and soggy when it came.",
];

interface SampleDrawingsProps {
  readonly title: string;
  /** What a drawing is called by its number, from 1 on. */
  readonly name: (number: number) => string;
}

/** Photos to try, where nobody has one at hand. */
export const SampleDrawings: FC<SampleDrawingsProps> = ({ title, name }) => (
  <Samples title={title}>
    <div class="sample-drawings">
      {Array.from({ length: SAMPLE_DRAWINGS }, (_, i) => (
        <button class="sample-drawing" type="button">
          <img
            src={`/assets/example-menu/sample-${i + 1}.png`}
            alt={name(i + 1)}
            width={DRAWING_PIXELS}
            height={DRAWING_PIXELS}
            loading="lazy"
          />
        </button>
      ))}
    </div>
  </Samples>
);

/** The mails are English, whatever language the page speaks. */
export const SampleMails: FC<{ readonly title: string }> = ({ title }) => (
  <Samples title={title}>
    {SAMPLE_MAILS.map((mail) => (
      <button class="sample-mail" type="button" lang="en">
        {mail}
      </button>
    ))}
  </Samples>
);

const Samples: FC<{ readonly title: string; readonly children?: Child }> = ({ title, children }) => (
  <fieldset class="samples" id="samples" hidden>
    <legend class="soft small">{title}</legend>
    {children}
  </fieldset>
);
