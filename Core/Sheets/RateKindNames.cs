using System.Text;

namespace Rates.Core;

/// <summary>The names of kinds of rates, such as <c>cash-bid</c>: the same in JSON, in stored text and in answers.</summary>
public static class RateKindNames
{
    private static readonly string[] Names = EnumNames.Of(typeof(RateKind));
    private static readonly byte[][] Texts = Array.ConvertAll(Names, Encoding.ASCII.GetBytes);

    /// <summary>The names of all kinds, in their order.</summary>
    public static ReadOnlySpan<string> All => Names;

    /// <summary>The name of a kind.</summary>
    public static string Of(RateKind kind) => Names[(int)kind];

    /// <summary>The kind of that name in ASCII, in small letters; null for a word that is none.</summary>
    public static RateKind? Find(ReadOnlySpan<byte> name)
    {
        for (var kind = 0; kind < Texts.Length; kind++)
        {
            if (name.SequenceEqual(Texts[kind]))
            {
                return (RateKind)kind;
            }
        }

        return null;
    }
}
