using System.Collections.Frozen;
using Rates.Core;

namespace Rates.Api;

/// <summary>Gives the texts of rate kinds (such as <c>cash-bid</c>), of currency kinds (such as <c>crypto</c>) and of rate ages (such as
/// <c>stale</c>) in the Api's answers.</summary>
internal static class DomainText
{
    private static readonly FrozenDictionary<RateKind, string> Kinds = EnumNames.Of<RateKind>();
    private static readonly FrozenDictionary<StalenessStatus, string> Statuses = EnumNames.Of<StalenessStatus>();
    private static readonly FrozenDictionary<CurrencyKind, string> CurrencyKinds = EnumNames.Of<CurrencyKind>();
    private static readonly FrozenDictionary<ProviderCategory, string> Categories = EnumNames.Of<ProviderCategory>();

    /// <summary>Such as <c>crypto</c>.</summary>
    public static string ToText(this CurrencyKind kind) => CurrencyKinds[kind];

    /// <summary>Such as <c>reference</c>.</summary>
    public static string ToText(this ProviderCategory category) => Categories[category];

    /// <summary>Such as <c>cash-bid</c>.</summary>
    public static string ToText(this RateKind kind) => Kinds[kind];

    /// <summary>Such as <c>stale</c>.</summary>
    public static string ToText(this StalenessStatus status) => Statuses[status];
}
