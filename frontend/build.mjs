// Builds what the browser loads into app/static/built/: app.css, app.js, worker.js, icons.svg, favicon.svg, fonts/ and
// manifest.json, which maps each of their names to a hash of its content (asset_url() puts it behind "?v=").
import { createHash } from "node:crypto"
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import * as esbuild from "esbuild"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const source = join(root, "app/static")
const built = join(source, "built")
const modules = join(root, "node_modules")

const browsers = ["chrome123", "firefox121", "safari17.5"] // light-dark(), nesting, popover, oklch()
const evalCalls = [
  ["return eval(str)", "throw new Error('eval is off')"],
  ["return Function(conditionalSource)()", "throw new Error('eval is off')"],
  ["func = new Function('event', code)", "throw new Error('eval is off')"],
  ["return Function('event', 'return (' + str + ')').call(elt, event)", "throw new Error('eval is off')"],
  ["return Function('return (' + str + ')').call(elt)", "throw new Error('eval is off')"],
]

// Metric twins of Arial, Calibri, Times New Roman, Courier New, Cambria and Georgia first; then what they lack. Packages with whole faces: the engine sets a chart in one
// face, so a family cut into slices by alphabet would leave boxes in it.
const slideFonts = [
  "@expo-google-fonts/arimo",
  "@expo-google-fonts/carlito",
  "@expo-google-fonts/tinos",
  "@expo-google-fonts/cousine",
  "@expo-google-fonts/caladea",
  "@expo-google-fonts/gelasio",
  "@embedpdf/fonts-sc",
  "@expo-google-fonts/biz-udpgothic",
  "@expo-google-fonts/nanum-gothic",
  "@expo-google-fonts/ibm-plex-sans-arabic",
  "@expo-google-fonts/noto-emoji",
  "@expo-google-fonts/noto-sans-symbols",
  "@expo-google-fonts/noto-sans-symbols-2",
  "@expo-google-fonts/noto-sans-math",
]
const drawnStyles = /(400Regular|700Bold)(_Italic)?\.ttf$|-(Regular|Bold)\.otf$/

// Our policy forbids eval; htmx carries it behind a switch. What is not there cannot be switched on.
const withoutEval = {
  name: "without-eval",
  setup(build) {
    build.onLoad({ filter: /htmx\.esm\.js$/ }, ({ path }) => {
      let contents = readFileSync(path, "utf8")
      for (const [call, refusal] of evalCalls) {
        if (!contents.includes(call)) throw new Error(`htmx changed: "${call}" is not where it was`)
        contents = contents.replace(call, refusal)
      }
      return { contents, loader: "js" }
    })
  },
}

const options = {
  entryPoints: [join(source, "js/app.js"), join(source, "js/worker.js"), join(source, "css/app.css")],
  outdir: built,
  outbase: source,
  entryNames: "[name]",
  assetNames: "fonts/[name]",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", ...browsers],
  loader: { ".woff2": "file" },
  plugins: [withoutEval],
  logLevel: "warning",
}

const hash = (file) => createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 12)

/** One <symbol> for each line of icons.txt; our own mark is drawn here and belongs to no icon set. */
function buildIcons() {
  const names = readFileSync(join(root, "frontend/icons.txt"), "utf8").split("\n").map((line) => line.trim())
  const symbols = names.filter((name) => name && !name.startsWith("#")).map((name) => {
    const svg = readFileSync(join(modules, "@tabler/icons/icons/outline", `${name}.svg`), "utf8")
    const paths = svg.replace(/<svg[^>]*>|<\/svg>|<path stroke="none"[^>]*>/g, "").replace(/\s*\n\s*/g, "")
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6"` +
      ` stroke-linecap="round" stroke-linejoin="round">${paths}</symbol>`
  })
  writeFileSync(join(built, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`)
}

/** The fonts slides are drawn with on the server, which no browser loads: whole faces, regular and bold. */
function copySlideFonts() {
  const target = join(built, "slide-fonts")
  mkdirSync(target, { recursive: true })
  for (const name of slideFonts) {
    const faces = readdirSync(join(modules, name), { recursive: true }).filter((file) => drawnStyles.test(file))
    if (faces.length === 0) throw new Error(`${name} changed: no regular or bold face in it`)
    for (const file of faces) cpSync(join(modules, name, file), join(target, basename(file)))
  }
}

/** Fonts carry their hash where the style sheet names them, as asset_url() does: one address, one download. */
function finish() {
  const stylesheet = join(built, "app.css")
  const css = readFileSync(stylesheet, "utf8")
  const stamped = css.replace(/(fonts\/[\w.-]+\.woff2)/g, (name) => `${name}?v=${hash(join(built, name))}`)
  writeFileSync(stylesheet, stamped)
  const files = [...readdirSync(built, { recursive: true })].map(String).filter((name) => /\.\w+$/.test(name))
  const manifest = Object.fromEntries(files.sort().filter((name) => name !== "manifest.json")
    .map((name) => [name.replaceAll("\\", "/"), hash(join(built, name))]))
  writeFileSync(join(built, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`)
}

async function build() {
  if (existsSync(built)) rmSync(built, { recursive: true })
  mkdirSync(built, { recursive: true })
  await esbuild.build(options)
  buildIcons()
  cpSync(join(source, "favicon.svg"), join(built, "favicon.svg"))
  finish()
  copySlideFonts()
}

await build()
