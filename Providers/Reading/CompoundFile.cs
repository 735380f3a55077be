using System.Buffers.Binary;

namespace Rates.Providers;

/// <summary>
/// Checks the container of XLS workbooks, Microsoft's compound file, before a library reads it: one that was cut lacks sectors that its
/// allocation table names.
/// </summary>
internal static class CompoundFile
{
    private const uint FreeSector = 0xFFFF_FFFF;
    private const uint LastSectorNumber = 0xFFFF_FFFA;
    private const int HeaderTables = 109;

    /// <summary>What every compound file begins with.</summary>
    public static ReadOnlySpan<byte> Signature => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>Throws unless every sector that is in use is there, and none follows two others.</summary>
    /// <exception cref="FormatException">It was cut or damaged, or it is larger than about 7 MB.</exception>
    public static void Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 512 || !bytes.StartsWith(Signature) || Number16(bytes, 0x1E) is not 9)
        {
            throw new FormatException("the header of the workbook's compound file is not one");
        }

        var (sectors, tables) = ((bytes.Length / 512) - 1, Number32(bytes, 0x2C));
        if (tables is 0 or > HeaderTables || Number32(bytes, 0x48) != 0)
        {
            throw new FormatException($"the workbook's compound file has {tables} allocation tables, not 1 to {HeaderTables}");
        }

        HashSet<uint> next = [];
        for (var table = 0; table < tables; table++)
        {
            var at = Number32(bytes, 0x4C + (table * 4));
            if (at >= sectors)
            {
                throw new FormatException($"the workbook was cut: allocation table {table + 1} is beyond its end");
            }

            var entries = bytes.Slice(512 + ((int)at * 512), 512);
            for (var entry = 0; entry < 128; entry++)
            {
                var (sector, follower) = ((table * 128) + entry, Number32(entries, entry * 4));
                if (follower != FreeSector && sector >= sectors)
                {
                    throw new FormatException($"the workbook was cut: it has {sectors} sectors, and uses one beyond");
                }

                if (follower < LastSectorNumber && (follower >= sectors || !next.Add(follower)))
                {
                    throw new FormatException($"the workbook's allocation table is damaged at sector {sector}");
                }
            }
        }
    }

    private static uint Number32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ushort Number16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
}
