/** Languages besides English whose words for dates are read, with words that tell them from English and each other. */
const LANGUAGES = {
  de: /(?<!\p{L})(?:heute|gestern|vorgestern|morgen|übermorgen|mittags?|jetzt|montags?|dienstags?|mittwochs?|donnerstags?|freitags?|samstags?|sonntags?|januar|februar|märz|maerz|mai|juni|juli|oktober|dezember|wochen?|tage?n?|monate?n?|jahre?n?|uhr|stunden?|minuten|nächste\p{L}*|letzte\p{L}*|nacht|s[oa] \d|bis \d)(?!\p{L})/u,
  fr: /(?<!\p{L})(?:aujourd['’]hui|demain|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|semaines?|jours?|mois|ans|année|heures?|prochaine?s?|dernière?s?|midi|minuit|soir|matin|aprem|veille|maintenant|passée?s?|secondes|decembre|juil|déc|dim \d\S*|trimestres?|cette|à|il y a|dans|\d+h\d*)(?!\p{L})/u,
  es: /(?<!\p{L})(?:hoy|mañana|ayer|lunes|martes|miércoles|jueves|viernes|sábado|domingo|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|semanas?|días?|mes(?:es)?|años?|horas?|próxim[oa]s?|mediodía|medianoche|ahora|segundos|minutos?|dom \d\S*|noche|tarde)(?!\p{L})/u,
  pt: /(?<!\p{L})(?:hoje|amanhã|ontem|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|sábado|domingo|janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro|semanas?|dias?|m[eê]s|anos?|próxim[oa]s?|agora|meio-dia)(?!\p{L})/u,
  nl: /(?<!\p{L})(?:vandaag|morgen|overmorgen|gisteren|eergisteren|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|januari|februari|maart|mei|juni|juli|augustus|oktober|weken|dagen|dag|maanden?|ja(?:ar|ren)|uur|volgende|komende|afgelopen|vorige?|minuten|minuut|seconden|nu|om \d|geleden|avond|middag|ochtend|middernacht|deze|\p{L}*avond|morgenmiddag|tot \d)(?!\p{L})/u,
  ru: /\p{Script=Cyrillic}{3}/u,
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}]|[\p{Script=Han}]/u,
  zh: /\p{Script=Han}/u,
} as const
export type DateLanguage = keyof typeof LANGUAGES

/** The languages whose words for dates a text may hold. */
export function dateLanguages(text: string): DateLanguage[] {
  const plain = text.toLowerCase()
  return (Object.keys(LANGUAGES) as DateLanguage[]).filter((language) => LANGUAGES[language].test(plain))
}

/** What reads dates in a language; each is loaded when it is first needed. */
export async function dateReader(language: DateLanguage | 'en') {
  switch (language) {
    case 'de':
      return (await import('chrono-node/de')).casual
    case 'fr':
      return (await import('chrono-node/fr')).casual
    case 'es':
      return (await import('chrono-node/es')).casual
    case 'pt':
      return (await import('chrono-node/pt')).casual
    case 'nl':
      return (await import('chrono-node/nl')).casual
    case 'ru':
      return (await import('chrono-node/ru')).casual
    case 'ja':
      return (await import('chrono-node/ja')).casual
    case 'zh':
      return (await import('chrono-node/zh')).casual
    default:
      return (await import('chrono-node/en')).casual
  }
}
