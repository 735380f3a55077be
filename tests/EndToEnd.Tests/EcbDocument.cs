using System.Globalization;
using Rates.Upstream;

namespace Rates.EndToEnd.Tests;

/// <summary>A document in the ECB's format with rates of today.</summary>
internal static class EcbDocument
{
    /// <summary>EUR/USD is <paramref name="dollar"/>; the other rates are always the same.</summary>
    public static Document Of(decimal dollar) => Document.Of($"""
        <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
        <Cube><Cube time='{TimeProvider.System.GetUtcNow():yyyy-MM-dd}'>
        <Cube currency='USD' rate='{dollar.ToString(CultureInfo.InvariantCulture)}'/><Cube currency='GBP' rate='0.8650'/>
        <Cube currency='JPY' rate='171.30'/></Cube></Cube></gesmes:Envelope>
        """);
}
