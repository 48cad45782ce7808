// htmx with morphing.
import htmx from "htmx.org"
import "idiomorph/htmx"

window.htmx = htmx
export { htmx }
