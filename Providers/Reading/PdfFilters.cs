using System.IO.Compression;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Rates.Providers;

/// <summary>
/// Unpacks the streams of one PDF document with limits: on each stream, on all of them, and on the ways of packing: text needs few.
/// </summary>
internal sealed class PdfFilters : IFilterProvider
{
    private const int MaxStream = 8 << 20;
    private const int MaxAll = 32 << 20;
    private const int MaxFilters = 2;

    private readonly IFilterProvider _filters = DefaultFilterProvider.Instance;
    private int _unpacked;

    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary) => Limited(_filters.GetFilters(dictionary));

    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) => Limited(_filters.GetNamedFilters(names));

    public IReadOnlyList<IFilter> GetAllFilters() => Limited(_filters.GetAllFilters(), most: int.MaxValue);

    private List<IFilter> Limited(IReadOnlyList<IFilter> filters, int most = MaxFilters) => filters.Count <= most
        ? [.. filters.Select(filter => new Limit(this, filter))]
        : throw new FormatException($"a stream of the document is packed {filters.Count} times");

    /// <summary>One way of packing.</summary>
    private sealed class Limit(PdfFilters all, IFilter filter) : IFilter
    {
        public bool IsSupported => filter.IsSupported && filter is FlateFilter or AsciiHexDecodeFilter or Ascii85Filter;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            // The library unpacks the whole before it can be measured.
            var length = filter is FlateFilter ? Length(input) : input.Length;
            return IsSupported && (all._unpacked += length) <= MaxAll && length <= MaxStream
                ? filter.Decode(input, streamDictionary, filterProvider, filterIndex)
                : throw new FormatException($"a stream of the document is packed by {filter.GetType().Name}, or is too large unpacked");
        }

        private static int Length(Memory<byte> input)
        {
            using var stream = new ZLibStream(new MemoryStream(input.ToArray(), writable: false), CompressionMode.Decompress);
            var (block, length) = (new byte[64 << 10], 0);
            while (length <= MaxStream && stream.Read(block) is var read and > 0)
            {
                length += read;
            }

            return length;
        }
    }
}
