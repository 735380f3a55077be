using Rates.Core;

namespace Rates.Api;

/// <summary>Gives the texts of rate kinds (such as <c>cash-bid</c>), of currency kinds (such as <c>crypto</c>) and of rate ages (such as
/// <c>stale</c>) in the Api's answers.</summary>
internal static class DomainText
{
    private static readonly string[] Statuses = EnumNames.Of(typeof(StalenessStatus));
    private static readonly string[] CurrencyKinds = EnumNames.Of(typeof(CurrencyKind));
    private static readonly string[] Categories = EnumNames.Of(typeof(ProviderCategory));

    /// <summary>Such as <c>crypto</c>.</summary>
    public static string ToText(this CurrencyKind kind) => CurrencyKinds[(int)kind];

    /// <summary>Such as <c>reference</c>.</summary>
    public static string ToText(this ProviderCategory category) => Categories[(int)category];

    /// <summary>Such as <c>cash-bid</c>.</summary>
    public static string ToText(this RateKind kind) => RateKindNames.Of(kind);

    /// <summary>Such as <c>stale</c>.</summary>
    public static string ToText(this StalenessStatus status) => Statuses[(int)status];
}
