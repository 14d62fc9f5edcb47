"""The condition language: parsed with positions, evaluated against a plain observation.

    condition  = side operator side            ; at least one side is observed
    side       = observed / value
    operator   = "==" / "!=" / "<" / "<=" / ">" / ">="
    observed   = placeholder / "len(" placeholder ")" / "has(" placeholder ")"
    value      = text / number / duration / size / percentage / "true" / "false"
               / change                        ; +50% or -10%, against the baseline
               / "pat(" text ")"               ; * is any run of characters
               / "any(" value *("," value) ")"

A placeholder is [STATUS], [BODY].items[0]."a name" or [HEADER].Content-Type. Text is bare, in
'single quotes' as it is, or in "double quotes" with JSON's escapes (RFC 8259, 7). Durations have a
unit (ms s m h d, also 1h30m), sizes another (B KB MB GB TB, KiB MiB GiB TiB); 5% is the ratio 0.05.

The syntax is that of Gatus (https://github.com/TwiN/gatus). On purpose, and unlike Gatus:

- What can be known to be wrong is refused when it is read: an unknown or not offered placeholder, a
  second operator, a comparison of unlike kinds, a duration without a unit, no placeholder at all.
- What was not measured gives "no-data", never true or false. A missing field or header makes every
  comparison false, `!=` too; only has() tells that it is missing. A body that is not JSON makes
  every condition on a field of it false, `has(...) == false` too.
- JSON's null counts as missing, as it does in Gatus; so a bare `null` is refused.
- Numbers are compared as numbers, not cut to integers; what is no number is less or more than
  nothing, instead of counting as 0. Hexadecimal, octal and binary numbers are text.
- Blanks around operators are optional, quotes are not part of the text, and a pattern's one
  wildcard is *, which matches everything, slashes and line ends included; ? and [a-z] are text.
- len() of an object counts its members, of text its characters; a number or a bool has no length.
- A list of answers is compared one by one: `==` and `!=` are true when they are for every answer.
- A list or an object in a body is compared as compact JSON; the wildcard [*], age(), [CONTEXT] and
  [DOMAIN_EXPIRATION] are not offered.
- Observed values are shown whether or not the condition is true.
"""
