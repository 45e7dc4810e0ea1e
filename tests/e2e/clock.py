"""A clock people cannot fake: the host's camera carries the time of each frame as a barcode in the picture.

41 bits of epoch milliseconds and one parity bit, in two rows of 21 cells; the viewer's page reads them back
from the very pixels its player shows.
"""

# The microphone stays Chromium's fake device; only the picture is drawn, from the same permission prompt.
CAMERA_WITH_CLOCK = """
(() => {
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const canvas = document.createElement("canvas");
  canvas.width = 640; canvas.height = 360;
  const pen = canvas.getContext("2d");
  const draw = () => {
    const now = Date.now();
    pen.fillStyle = `hsl(${(now / 20) % 360} 40% 45%)`;
    pen.fillRect(0, 0, 640, 360);
    let parity = 0;
    for (let bit = 0; bit < 42; bit++) {
      const on = bit < 41 ? Math.floor(now / 2 ** bit) % 2 : parity;
      parity ^= on;
      pen.fillStyle = on ? "#fff" : "#000";
      pen.fillRect((bit % 21) * 30, 200 + Math.floor(bit / 21) * 70, 30, 70);
    }
  };
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await real(wanted);
    if (!stream.getVideoTracks().length) return stream;
    stream.getVideoTracks().forEach((track) => track.stop());
    setInterval(draw, 1000 / 30);
    draw();
    return new MediaStream([...canvas.captureStream(30).getVideoTracks(), ...stream.getAudioTracks()]);
  };
})();
"""

# Notes, for every pin that appears, its own moment and the moment the picture shows; null when unreadable.
VIEWER_READS_CLOCK = """
(() => {
  const canvas = document.createElement("canvas");
  canvas.width = 640; canvas.height = 360;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  window.pictureClock = () => {
    const video = [...document.querySelectorAll("video")].find((v) => v.videoWidth);
    if (!video) return null;
    pen.drawImage(video, 0, 0, 640, 360);
    let now = 0, parity = 0;
    for (let bit = 0; bit < 42; bit++) {
      const [r, g, b] = pen.getImageData((bit % 21) * 30 + 15, 235 + Math.floor(bit / 21) * 70, 1, 1).data;
      const on = r + g + b > 384 ? 1 : 0;
      parity ^= on;
      if (bit < 41) now += on * 2 ** bit;
    }
    return parity === 0 && Math.abs(Date.now() - now) < 60000 ? now : null;
  };
  window.pinMoments = [];
  const note = (pin) => window.pinMoments.push({
    product: pin.dataset.product, at: Number(pin.dataset.at), picture: window.pictureClock(),
  });
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) {
      if (!(node instanceof Element)) continue;
      if (node.matches("article.pin")) note(node);
      node.querySelectorAll("article.pin").forEach(note);
    }
  }).observe(document, { childList: true, subtree: true });
})();
"""
