using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.CompilerServices;

namespace Rates.Api;

/// <summary>
/// Makes entity tags of answers, and keeps those that were sent: the server takes a header only as a text, and most answers are sent again,
/// until the rates change, to everybody who asks the same. A tag is kept under a key, such as the digest of a query, so that it can be
/// looked for while its answer is still being written.
/// </summary>
internal sealed class EntityTags
{
    private const int Length = 18;
    private const int MaxTags = 65_536;

    // One key has that many places, side by side, so that few keys push each other out.
    private const int PlacesOfKey = 4;

    private readonly Place[] _places = new Place[MaxTags];

    /// <summary>Those of this process.</summary>
    public static EntityTags Sent { get; } = new();

    /// <summary>Begins to bring the places of a key into the processor's cache, and does not wait for them.</summary>
    public void Load(ulong key) => ProcessorCache.Load(ref _places[FirstOf(key)], PlacesOfKey);

    /// <summary>The tag that was sent last under a key; null when it is not kept.</summary>
    public string? Find(ulong key)
    {
        foreach (ref readonly var place in _places.AsSpan(FirstOf(key), PlacesOfKey))
        {
            if (place.Key == key && place.Tag is { } tag)
            {
                ProcessorCache.Load(ref Unsafe.AsRef(in tag.GetPinnableReference()), Length);
                return tag;
            }
        }

        return null;
    }

    /// <summary>The digest of a body as a strong entity tag, with its quotation marks.</summary>
    public string Of(ReadOnlySpan<byte> body)
    {
        var digest = XxHash3.HashToUInt64(body);
        return Of(digest, digest, Find(digest));
    }

    /// <summary>The same, with what <see cref="Find"/> answered for a key.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="key">The key that the tag is kept under.</param>
    /// <param name="sent">The tag sent last under it; null for none.</param>
    public string Of(ReadOnlySpan<byte> body, ulong key, string? sent) => Of(XxHash3.HashToUInt64(body), key, sent);

    private string Of(ulong digest, ulong key, string? sent)
    {
        Span<char> tag = stackalloc char[Length];
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, digest);
        tag[0] = tag[^1] = '"';
        Convert.TryToHexStringLower(bytes, tag[1..], out _);

        // Other threads write places at any time, and a key and a tag may be of two writes: the text decides.
        return sent is not null && tag.SequenceEqual(sent) ? sent : Keep(key, tag.ToString(), (int)(digest % PlacesOfKey));
    }

    private string Keep(ulong key, string tag, int otherwise)
    {
        var places = _places.AsSpan(FirstOf(key), PlacesOfKey);
        var chosen = otherwise;
        for (var at = PlacesOfKey - 1; at >= 0; at--)
        {
            if (places[at].Key == key || places[at].Tag is null)
            {
                chosen = at;
            }
        }

        places[chosen].Tag = tag;
        places[chosen].Key = key;
        return tag;
    }

    private static int FirstOf(ulong key) => (int)(key % (MaxTags / PlacesOfKey)) * PlacesOfKey;

    private struct Place
    {
        public ulong Key;
        public string? Tag;
    }
}
