/**
 * The host's camera: preview first, then on air over one WebSocket to the media process.
 *
 * States: off → preview → connecting → air; `away` while it comes back by itself; `stopped` with a reason.
 */

import { AUDIO_BITRATE, BITRATES, CHUNK_MS, afterClose, ingestUrl, isBehind, recorderType, stepDown } from "./onair.js";

const LOOK_EVERY_MS = 500;

/** @typedef {"off" | "preview" | "connecting" | "air" | "away" | "stopped"} CameraState */
/** @typedef {{ key: string, ingest: string }} Pass */

export class Camera {
  /**
   * @param {HTMLVideoElement} preview
   * @param {{ base: string, askPass: () => Promise<Pass>, onChange: (state: CameraState, why: string) => void }} wiring
   */
  constructor(preview, { base, askPass, onChange }) {
    this.preview = preview;
    this.base = base;
    this.askPass = askPass;
    this.onChange = onChange;
    /** @type {CameraState} */
    this.state = "off";
    /** @type {MediaStream | null} */
    this.stream = null;
    /** @type {Pass | null} */
    this.pass = null;
    /** @type {WebSocket | null} */
    this.socket = null;
    /** @type {MediaRecorder | null} */
    this.recorder = null;
    this.attempt = 0;
    this.renewed = false;
    this.step = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.waiting = undefined;
    this.looking = setInterval(() => this.watchBacklog(), LOOK_EVERY_MS);
  }

  /**
   * Show the camera to its owner only. Rejects with the browser's error when access is refused.
   * @param {{ camera?: string, microphone?: string }} [devices]
   */
  async show({ camera, microphone } = {}) {
    const stream = await navigator.mediaDevices.getUserMedia({
      video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 }, ...exact(camera) },
      audio: { echoCancellation: true, noiseSuppression: true, ...exact(microphone) },
    });
    release(this.stream);
    this.stream = stream;
    this.preview.srcObject = stream;
    this.preview.muted = true;
    await this.preview.play().catch(() => {});
    if (this.onAir()) this.record();
    else this.become("preview");
  }

  onAir() {
    return this.state === "connecting" || this.state === "air" || this.state === "away";
  }

  /** The cameras and microphones there are; labels are empty before access was given. */
  async devices() {
    const all = await navigator.mediaDevices.enumerateDevices();
    return {
      cameras: all.filter((device) => device.kind === "videoinput"),
      microphones: all.filter((device) => device.kind === "audioinput"),
    };
  }

  /** Fetch a fresh key and publish. Rejects when the key is refused. */
  async start() {
    this.attempt = 0;
    this.renewed = false;
    this.step = 0;
    this.become("connecting");
    try {
      this.pass = await this.askPass();
    } catch (error) {
      this.become("preview");
      throw error;
    }
    this.connect();
  }

  /** Leave the air; the preview goes on. */
  stop() {
    clearTimeout(this.waiting);
    this.pass = null;
    this.hangUp();
    this.become(this.stream ? "preview" : "off");
  }

  /** Leave the air and give the camera back. */
  close() {
    this.stop();
    clearInterval(this.looking);
    release(this.stream);
    this.stream = null;
    this.preview.srcObject = null;
    this.become("off");
  }

  connect() {
    const pass = this.pass;
    if (!pass) return;
    const socket = new WebSocket(ingestUrl(this.base, pass.ingest));
    this.socket = socket;
    socket.addEventListener("open", () => socket.send(JSON.stringify({ key: pass.key })));
    socket.addEventListener("message", (event) => {
      if (JSON.parse(event.data).type === "ready") this.record();
    });
    socket.addEventListener("close", (event) => {
      if (this.socket === socket) this.dropped(event.code);
    });
  }

  /** Chunks hang together: every connection, device and bitrate gets a recorder of its own. */
  record() {
    const socket = this.socket;
    const type = recorderType((candidate) => MediaRecorder.isTypeSupported(candidate));
    if (!this.stream || !socket || !type) return;
    if (this.recorder) return this.reconnect();
    const options = {
      mimeType: type,
      videoBitsPerSecond: BITRATES[this.step] ?? 0,
      audioBitsPerSecond: AUDIO_BITRATE,
      videoKeyFrameIntervalDuration: 1000,
    };
    const recorder = new MediaRecorder(this.stream, options);
    recorder.addEventListener("dataavailable", (event) => {
      if (this.recorder === recorder && socket.readyState === WebSocket.OPEN && event.data.size) socket.send(event.data);
    });
    recorder.addEventListener("error", () => this.recorder === recorder && this.reconnect());
    this.recorder = recorder;
    recorder.start(CHUNK_MS);
    this.attempt = 0;
    this.renewed = false;
    this.become("air");
  }

  /** A new recording needs a new connection: its header must come first. */
  reconnect() {
    this.hangUp();
    this.become("away");
    this.connect();
  }

  hangUp() {
    const { recorder, socket } = this;
    this.recorder = null;
    this.socket = null;
    if (recorder && recorder.state !== "inactive") recorder.stop();
    socket?.close(1000);
  }

  /** @param {number} code */
  dropped(code) {
    this.hangUp();
    const next = afterClose(code, this.attempt++, this.renewed);
    if ("stop" in next) return this.end(next.stop);
    this.become("away");
    if ("renew" in next) void this.renew();
    else this.waiting = setTimeout(() => this.connect(), next.retry);
  }

  /** Hosts have changed and every key is void; whoever still may host gets another, once. */
  async renew() {
    this.renewed = true;
    const before = this.pass;
    const fresh = await this.askPass().catch(() => null);
    if (this.pass !== before || this.state !== "away") return;
    if (!fresh) return this.end("bad_key");
    this.pass = fresh;
    this.connect();
  }

  /** @param {string} why */
  end(why) {
    this.pass = null;
    this.become("stopped", why);
  }

  watchBacklog() {
    if (this.state !== "air" || !this.socket) return;
    if (!isBehind(this.socket.bufferedAmount, BITRATES[this.step] ?? 0)) return;
    this.step = stepDown(this.step);
    this.reconnect();
  }

  /**
   * @param {CameraState} state
   * @param {string} [why]
   */
  become(state, why = "") {
    this.state = state;
    this.onChange(state, why);
  }
}

/** @param {string} [id] */
function exact(id) {
  return id ? { deviceId: { exact: id } } : {};
}

/** @param {MediaStream | null} stream */
function release(stream) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
