using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;
using Rates.Core;

namespace Rates.Api;

/// <summary>Gives the texts of rate kinds (such as <c>cash-bid</c>), of currency kinds (such as <c>crypto</c>) and of rate ages (such as
/// <c>stale</c>) in the Api's answers.</summary>
internal static class DomainText
{
    private static readonly FrozenDictionary<RateKind, string> Kinds = NamesOf<RateKind>();
    private static readonly FrozenDictionary<StalenessStatus, string> Statuses = NamesOf<StalenessStatus>();
    private static readonly FrozenDictionary<CurrencyKind, string> CurrencyKinds = NamesOf<CurrencyKind>();
    private static readonly FrozenDictionary<ProviderCategory, string> Categories = NamesOf<ProviderCategory>();

    /// <summary>Such as <c>crypto</c>.</summary>
    public static string ToText(this CurrencyKind kind) => CurrencyKinds[kind];

    /// <summary>Such as <c>reference</c>.</summary>
    public static string ToText(this ProviderCategory category) => Categories[category];

    /// <summary>Such as <c>cash-bid</c>.</summary>
    public static string ToText(this RateKind kind) => Kinds[kind];

    /// <summary>Such as <c>stale</c>.</summary>
    public static string ToText(this StalenessStatus status) => Statuses[status];

    private static FrozenDictionary<T, string> NamesOf<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToFrozenDictionary(
            value => value,
            value => typeof(
                T).GetField(value.ToString())?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? value.ToString());
}
