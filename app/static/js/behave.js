// Ties a behaviour to every element that matches a selector, now and whenever one appears (htmx, live news).
// connect(element, signal): the signal aborts when the element leaves the page, so listeners need no other care.
const behaviours = []
const connected = new Map()

export function behave(selector, connect) {
  behaviours.push({ selector, connect })
}

function attach(element) {
  for (const behaviour of behaviours) {
    if (!element.matches(behaviour.selector)) continue
    const known = connected.get(element) ?? new Map()
    if (known.has(behaviour)) continue
    const control = new AbortController()
    known.set(behaviour, control)
    connected.set(element, known)
    behaviour.connect(element, control.signal)
  }
}

function everyElement(node, visit) {
  if (!(node instanceof Element)) return
  visit(node)
  node.querySelectorAll("*").forEach(visit)
}

function detach(element) {
  if (element.isConnected || !connected.has(element)) return
  for (const control of connected.get(element).values()) control.abort()
  connected.delete(element)
}

export function start() {
  everyElement(document.documentElement, attach)
  new MutationObserver((changes) => {
    for (const change of changes) {
      change.removedNodes.forEach((node) => everyElement(node, detach))
      change.addedNodes.forEach((node) => everyElement(node, attach))
    }
  }).observe(document.documentElement, { childList: true, subtree: true })
}
