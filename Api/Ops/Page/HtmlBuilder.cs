using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Rates.Api;

/// <summary>
/// Builds HTML of the operators' page from interpolated strings: the text itself is markup, and every value that is put into it is encoded.
/// </summary>
internal sealed class HtmlBuilder
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds markup with values.</summary>
    public HtmlBuilder Add([InterpolatedStringHandlerArgument("")] ref EncodingHandler markup)
    {
        _ = markup;
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    /// <summary>Receives the pieces of an interpolated string from the compiler and encodes the values.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct EncodingHandler
    {
        private readonly StringBuilder _target;

        public EncodingHandler(int literalLength, int formattedCount, HtmlBuilder builder)
        {
            _target = builder._text;
            _target.EnsureCapacity(_target.Length + literalLength + (16 * formattedCount));
        }

        public void AppendLiteral(string markup) => _target.Append(markup);

        public void AppendFormatted(string? value) => _target.Append(HtmlEncoder.Default.Encode(value ?? ""));

        public void AppendFormatted<T>(T value, string? format = null)
            where T : IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));
    }
}
