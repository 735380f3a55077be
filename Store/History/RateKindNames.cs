using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using Rates.Core;

namespace Rates.Store;

/// <summary>The names of kinds of rates as stored text has them, such as <c>cash-bid</c>: the same as in JSON.</summary>
internal static class RateKindNames
{
    private static readonly (RateKind Kind, string Name, byte[] Text)[] All =
    [
        .. from kind in Enum.GetValues<RateKind>()
           let name = typeof(RateKind).GetField(kind.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name
           select (kind, name, Encoding.ASCII.GetBytes(name)),
    ];

    /// <summary>The name of a kind.</summary>
    public static string Of(RateKind kind) => All.First(one => one.Kind == kind).Name;

    /// <summary>The kind of that name; null for a word that is none.</summary>
    public static RateKind? Find(ReadOnlySpan<byte> name)
    {
        foreach (var (kind, _, text) in All)
        {
            if (name.SequenceEqual(text))
            {
                return kind;
            }
        }

        return null;
    }
}
