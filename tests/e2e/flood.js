// A room's other end in the page itself: says hello, answers, and posts as many lines a second as it is told.
// Test code; set up before the page's own scripts.
(() => {
  const words = ["Is the hem rolled by hand?", "这条可以机洗吗？颜色很漂亮", "مساء الخير من دبي", "Est-ce que le motif est imprimé des deux côtés ?",
    "Wore mine to a wedding last June, it travels well", "自動巻きですか？", "❤️🧣", "@Wei thank you"];
  const room = { socket: null, epoch: "", head: 0, timer: 0, posted: 0, said: null };
  const frame = (type, body) => ({ type, epoch: room.epoch, seq: ++room.head, at: Date.now(), ...body });
  room.line = (over = {}) => {
    const n = ++room.posted;
    return frame("chat.posted", { id: `line-${n}`, name: `Guest ${n % 40}`, badge: n % 25 ? "" : "host", text: `${words[n % words.length]} ${n}`,
      rehearsal: false, author: `tag-${n % 40}`, reply: n % 9 ? "" : `line-${n - 3}`, mentions: [], lang: "", links: false, ...over });
  };
  room.tell = (message) => room.socket?.onmessage?.({ data: JSON.stringify(message) });
  room.flood = (perSecond, tick = 100) => {
    clearInterval(room.timer);
    const each = (perSecond * tick) / 1000;
    room.timer = setInterval(() => room.tell({ type: "batch", frames: Array.from({ length: each }, () => room.line()) }), tick);
  };
  room.stop = () => clearInterval(room.timer);
  window.theRoom = room;
  window.WebSocket = class {
    constructor() {
      this.readyState = 1;
      room.socket = this;
      const snapshot = JSON.parse(document.getElementById("room-data").textContent);
      if (!room.epoch) [room.epoch, room.head] = [snapshot.epoch, snapshot.head];
      const you = { name: "Margaux", badge: "", signed_in: false, moderates: false, may_write: true, author: "me", grade: "", muted_until: null, banned: false, follows: false };
      setTimeout(() => room.tell({ type: "hello", recovered: true, epoch: room.epoch, head: room.head, now: Date.now(), you, frames: [], snapshot: null }), 0);
    }
    send(text) {
      const asked = JSON.parse(text);
      if (asked.type === "ping") room.tell({ type: "heartbeat", epoch: room.epoch, head: room.head, now: Date.now() });
      if (asked.type === "chat.send") room.said = asked;
    }
    close() {
      this.readyState = 3;
    }
  };
})();
