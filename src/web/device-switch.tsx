/** The switch by which a guest keeps on the device what is asked about, and what is said of it; `client/on-device-switch.ts` works it. */
import type { FC } from "hono/jsx";
import type { Texts } from "./texts/en.ts";

export const DeviceSwitch: FC<{ readonly texts: Texts }> = ({ texts: { device } }) => (
  <>
    <div class="device needs-script">
      <label class="device-choice">
        <input type="checkbox" id="device-input" aria-describedby="device-status" autocomplete="off" />
        {device.choice}
      </label>
      <p class="soft small" id="device-status" role="status" />
      <progress id="device-progress" max="1" value="0" aria-label={device.download} hidden />
    </div>
    <p class="footnote needs-script" id="privacy-note">
      {device.sentNote}
    </p>
    <p class="footnote without-script">{device.sentWholeNote}</p>
  </>
);
