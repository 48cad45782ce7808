// What the browser does beyond HTML: one small module for each behaviour. Pages work without all of it.
import "./htmx.js"
import "./composer/composer.js"
import "./confirm.js"
import "./copy.js"
import "./deck.js"
import "./dialogs.js"
import "./filters.js"
import "./keep.js"
import "./keys.js"
import "./live.js"
import "./menus.js"
import "./palette.js"
import "./read.js"
import "./stream.js"
import "./theme.js"
import "./thread.js"
import "./times.js"
import "./upload/drop.js"
import "./upload/sending.js"
import { start } from "./behave.js"

document.documentElement.classList.add("has-js")
start()
