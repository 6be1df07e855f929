// Loads models in MuJoCo, leads their probes along the keyframes, and prints what happened, a line of JSON for each.
// node step.mjs SECONDS MODULE MODEL [MODULE MODEL ...]
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [seconds, ...pairs] = process.argv.slice(2);
for (let n = 0; n < pairs.length; n += 2) {
  const load = (await import(pathToFileURL(pairs[n]))).default;
  const mujoco = await load();
  const model = mujoco.MjModel.from_xml_string(readFileSync(pairs[n + 1], 'utf8'));
  const data = new mujoco.MjData(model);
  const keys = Array.from(model.key_time);
  const controls = Array.from(model.key_ctrl);
  const size = model.nu;
  const control = (time, place) => {
    let before = 0;
    let from = 0;
    for (let k = 0; k < keys.length; k++) {
      const to = controls[k * size + place];
      if (time < keys[k]) {
        return from + ((time - before) / (keys[k] - before)) * (to - from);
      }
      before = keys[k];
      from = to;
    }
    return from;
  };
  mujoco.mj_forward(model, data);
  const start = Array.from(data.xpos);
  let last = -1;
  let resets = 0;
  let contacts = 0;
  let greatest = 0;
  const began = performance.now();
  const steps = Math.round(Number(seconds) / model.opt.timestep);
  for (let step = 0; step < steps; step++) {
    for (let place = 0; place < size; place++) {
      data.ctrl[place] = control(data.time, place);
    }
    mujoco.mj_step(model, data);
    if (data.time <= last) {
      resets++;
    }
    last = data.time;
    contacts = Math.max(contacts, data.ncon);
    if (size > 0) {
      greatest = Math.max(greatest, Math.hypot(data.actuator_force[0], data.actuator_force[1], data.actuator_force[2]));
    }
  }
  const took = performance.now() - began;
  const names = [];
  for (let body = 0; body < model.nbody; body++) {
    names.push(mujoco.mj_id2name(model, mujoco.mjtObj.mjOBJ_BODY.value, body));
  }
  const end = Array.from(data.xpos);
  let warnings = 0;
  for (let w = 0; w < 8; w++) {
    const warning = data.warning.get ? data.warning.get(w) : data.warning[w];
    warnings += warning === undefined ? 0 : warning.number;
  }
  console.log(
    JSON.stringify({
      version: mujoco.mj_versionString(),
      time: data.time,
      resets,
      warnings,
      finite: end.every(Number.isFinite),
      mass: Array.from(model.body_mass).reduce((a, b) => a + b, 0),
      contacts,
      force: greatest,
      milliseconds: took / steps,
      names,
      moved: end.map((x, i) => x - start[i]),
    }),
  );
  data.delete();
  model.delete();
}
