using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;
using Rates.Core;

namespace Rates.Api;

/// <summary>How days, instants and names are written, in JSON and elsewhere.</summary>
internal static class Texts
{
    private static readonly FrozenDictionary<RateKind, string> Kinds = NamesOf<RateKind>();
    private static readonly FrozenDictionary<StalenessStatus, string> Statuses = NamesOf<StalenessStatus>();

    /// <summary>Such as <c>2026-08-20</c>.</summary>
    public static string ToText(this DateOnly day) => IsoText.Of(day);

    /// <summary>Such as <c>2026-08-20T14:02:11Z</c>, to the second.</summary>
    public static string ToText(this DateTimeOffset instant) => IsoText.OfSeconds(instant);

    /// <summary>With its digits, trailing zeros included.</summary>
    public static string ToText(this decimal figure) => figure.ToString(CultureInfo.InvariantCulture);

    /// <summary>Such as <c>cash-bid</c>.</summary>
    public static string ToText(this RateKind kind) => Kinds[kind];

    /// <summary>Such as <c>stale</c>.</summary>
    public static string ToText(this StalenessStatus status) => Statuses[status];

    /// <summary>Such as <c>median</c>.</summary>
    public static string ToText(this Selection selection) => selection switch
    {
        Selection.First => "first",
        Selection.Median => "median",
        Selection.Mean => "mean",
        Selection.Consensus => "consensus",
        _ => "each",
    };

    // The names are the ones that the types give themselves in JSON.
    private static FrozenDictionary<T, string> NamesOf<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToFrozenDictionary(
            value => value,
            value => typeof(T).GetField(value.ToString())?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? value.ToString());
}
