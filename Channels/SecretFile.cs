namespace Rates.Channels;

/// <summary>A secret in a file, read again when the file has changed.</summary>
/// <param name="path">The file; empty for no secret.</param>
internal sealed class SecretFile(string path)
{
    private Content? _content;

    /// <summary>The text of the file without spaces around it; empty where no file is set.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public string Read()
    {
        if (path.Length == 0)
        {
            return "";
        }

        var content = _content;
        var writtenAt = File.GetLastWriteTimeUtc(path);
        if (content is null || content.WrittenAt != writtenAt)
        {
            _content = content = new(writtenAt, File.ReadAllText(path).Trim());
        }

        return content.Text;
    }

    private sealed record Content(DateTime WrittenAt, string Text);
}
