/**
 * Takes a dropped archive, or packs a dropped folder into one, and says before it is sent what is too large. Without it an
 * archive is chosen as in any form.
 */
(() => {
  const zone = document.getElementById('drop');
  const input = document.getElementById('archive');
  if (!zone || !window.DataTransfer) return;
  const state = document.getElementById('drop-state');
  const LEFT_OUT = new Set(['node_modules', '.git']);
  const MAX_FILES = 20000;
  document.getElementById('drop-hint').hidden = false;

  /** Every file under an entry of the drop, with its path. */
  async function filesOf(entry, path, found) {
    if (LEFT_OUT.has(entry.name)) return found;
    if (entry.isFile) {
      found.push([path, await new Promise((resolve, reject) => entry.file(resolve, reject))]);
      if (found.length > MAX_FILES) throw new Error(`The folder has more than ${MAX_FILES} files.`);
      return found;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (some.length === 0) return found;
      for (const one of some) await filesOf(one, `${path}/${one.name}`, found);
    }
  }

  /** A header of the tar format; long paths are split in two, as ustar has it. */
  function header(path, size) {
    const block = new Uint8Array(512);
    const put = (text, at) => block.set(new TextEncoder().encode(text), at);
    const [prefix, name] = split(path);
    put(name, 0);
    put('0000644\0' + '0000000\0' + '0000000\0', 100);
    put(`${size.toString(8).padStart(11, '0')}\0`, 124);
    put('00000000000\0', 136);
    put('        0', 148);
    put('ustar\0' + '00', 257);
    put(prefix, 345);
    const sum = block.reduce((all, byte) => all + byte, 0);
    put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return block;
  }

  function split(path) {
    const bytes = (text) => new TextEncoder().encode(text).length;
    if (bytes(path) <= 100) return ['', path];
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
      if (bytes(path.slice(at + 1)) <= 100 && bytes(path.slice(0, at)) <= 155) {
        return [path.slice(0, at), path.slice(at + 1)];
      }
    }
    throw new Error(`The path ${path} is too long.`);
  }

  async function packFolder(entry) {
    const files = await filesOf(entry, entry.name, []);
    const parts = files.flatMap(([path, file]) => [
      header(path, file.size),
      file,
      new Uint8Array((512 - (file.size % 512)) % 512),
    ]);
    const archive = new File([...parts, new Uint8Array(1024)], `${entry.name}.tar`, {
      type: 'application/x-tar',
    });
    return { archive, words: `${entry.name}: ${files.length} files packed, without node_modules and .git.` };
  }

  /** Says what will be sent, or holds the form back where the server would refuse it after a long upload. */
  function show(file, words) {
    const limit = Number(zone.dataset.maxMb);
    const tooLarge = file.size > limit * 2 ** 20;
    const size = Math.ceil(file.size / 2 ** 20);
    const problem = tooLarge
      ? `${file.name} has ${size} MiB, and at most ${limit} MiB are taken. Leave node_modules and build output out.`
      : '';
    input.setCustomValidity(problem);
    state.textContent = problem || words;
  }

  async function take(item, file) {
    const entry = item.webkitGetAsEntry && item.webkitGetAsEntry();
    const { archive, words } =
      entry && entry.isDirectory
        ? await packFolder(entry)
        : { archive: file, words: `${file.name} will be sent.` };
    const transfer = new DataTransfer();
    transfer.items.add(archive);
    input.files = transfer.files;
    show(archive, words);
  }

  input.addEventListener('change', () => {
    const [file] = input.files;
    if (file) show(file, '');
    else input.setCustomValidity('');
  });

  const over = (on) => (event) => {
    event.preventDefault();
    zone.classList.toggle('over', on);
  };
  zone.addEventListener('dragover', over(true));
  zone.addEventListener('dragleave', over(false));
  zone.addEventListener('drop', (event) => {
    over(false)(event);
    const item = event.dataTransfer.items[0];
    if (!item) return;
    state.textContent = 'Reading…';
    take(item, event.dataTransfer.files[0]).catch((error) => (state.textContent = error.message));
  });
})();
