using System.Collections.Frozen;
using System.Text;
using Rates.Core;

namespace Rates.Store;

/// <summary>The names of kinds of rates as stored text has them, such as <c>cash-bid</c>: the same as in JSON.</summary>
internal static class RateKindNames
{
    private static readonly FrozenDictionary<RateKind, string> Names = EnumNames.Of<RateKind>();

    private static readonly (RateKind Kind, byte[] Text)[] Texts =
        [.. Names.Select(name => (name.Key, Encoding.ASCII.GetBytes(name.Value)))];

    /// <summary>The name of a kind.</summary>
    public static string Of(RateKind kind) => Names[kind];

    /// <summary>The kind of that name; null for a word that is none.</summary>
    public static RateKind? Find(ReadOnlySpan<byte> name)
    {
        foreach (var (kind, text) in Texts)
        {
            if (name.SequenceEqual(text))
            {
                return kind;
            }
        }

        return null;
    }
}
