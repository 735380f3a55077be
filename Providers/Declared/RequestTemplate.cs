using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Builds a declared provider's requests from a text with placeholders for days.</summary>
internal sealed partial class RequestTemplate
{
    /// <summary>What stands for the key in a request, until it is sent.</summary>
    public const string KeyPlaceholder = "{key}";

    private const string IsoDay = "yyyy-MM-dd";

    // A placeholder on the left also decides how often the request is sent.
    private static readonly string[] Names = ["date", "month", "year", "from", "to"];

    private readonly string _text;
    private readonly string? _each;
    private readonly Lazy<(Regex Pattern, string Format)?> _day;

    /// <param name="text">The template.</param>
    public RequestTemplate(string text)
    {
        _text = text;
        _each = Names.Take(3).FirstOrDefault(name => Placeholders(text).Any(one => one.Name == name));
        _day = new(DayPattern);
    }

    /// <summary>Whether the request depends on days at all.</summary>
    public bool HasDays => Placeholders(_text).Any(one => one.Name != "key");

    /// <summary>What is wrong with a template; null when it can be used.</summary>
    public static string? Problem(string text)
    {
        foreach (var (name, format) in Placeholders(text))
        {
            if (name != "key" && !Names.Contains(name))
            {
                return $"has the placeholder {{{name}}}; known are {string.Join(", ", Names.Select(known => $"{{{known}}}"))} and {{key}}";
            }

            if (name == "key" && format.Length > 0)
            {
                return "gives {key} a format; it has none";
            }

            try
            {
                if (format.Length > 0)
                {
                    _ = new DateOnly(2000, 1, 1).ToString(format, CultureInfo.InvariantCulture);
                }
            }
            catch (FormatException)
            {
                return $"has the format '{format}', which is none of a day";
            }
        }

        var rest = Placeholder().Replace(text, "");
        return rest.Contains('{', StringComparison.Ordinal) || rest.Contains('}', StringComparison.Ordinal)
            ? "has a brace that belongs to no placeholder"
            : Uri.TryCreate(rest, UriKind.Relative, out _) && !rest.StartsWith('/') && !rest.Contains("://", StringComparison.Ordinal)
                ? null
                : "is not relative to the address: it must not begin with / or name a host";
    }

    /// <summary>The requests of a window, oldest day first.</summary>
    public IEnumerable<string> Expand(FetchWindow window) => _each switch
    {
        "date" => window.Days().Select(day => Fill(window, day)),
        "month" => window.Months().Select(month => Fill(window, month)),
        "year" => window.Years().Select(year => Fill(window, new DateOnly(year, 1, 1))),
        _ => [Fill(window, window.To)],
    };

    /// <summary>The day that a request asked for; null when it is no request of this template, or asked for no single day.</summary>
    public DateOnly? DayOf(string request) =>
        _day.Value is { } day && day.Pattern.Match(request) is { Success: true } match
            && DateOnly.TryParseExact(
                match.Groups["day"].Value, day.Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)
            ? parsed
            : null;

    private static IEnumerable<(string Name, string Format)> Placeholders(string text) =>
        Placeholder().Matches(text).Select(match => (match.Groups["name"].Value, match.Groups["format"].Value));

    private string Fill(FetchWindow window, DateOnly day) => Placeholder().Replace(_text, match =>
    {
        var format = match.Groups["format"].Value;
        return match.Groups["name"].Value switch
        {
            "key" => KeyPlaceholder,
            "from" => Text(window.From, format, IsoDay),
            "to" => Text(window.To, format, IsoDay),
            "month" => Text(day, format, "yyyy-MM"),
            "year" => Text(day, format, "yyyy"),
            _ => Text(day, format, IsoDay),
        };
    });

    private (Regex Pattern, string Format)? DayPattern()
    {
        var pattern = new StringBuilder("^");
        var (at, format) = (0, (string?)null);
        foreach (Match match in Placeholder().Matches(_text))
        {
            pattern.Append(Regex.Escape(_text[at..match.Index]));
            at = match.Index + match.Length;
            if (match.Groups["name"].Value == "date" && format is null)
            {
                format = match.Groups["format"].Value is { Length: > 0 } given ? given : IsoDay;
                pattern.Append("(?<day>.+?)");
            }
            else
            {
                pattern.Append(".*?");
            }
        }

        pattern.Append(Regex.Escape(_text[at..])).Append('$');
        return format is null
            ? null
            : (new Regex(pattern.ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), format);
    }

    private static string Text(DateOnly day, string format, string otherwise) =>
        day.ToString(format.Length > 0 ? format : otherwise, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{(?<name>[a-z]+)(:(?<format>[^{}]*))?\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
