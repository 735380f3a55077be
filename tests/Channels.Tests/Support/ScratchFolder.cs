namespace Rates.Channels.Tests;

/// <summary>A folder for the files of one test.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-channels-");

    public string Path => _folder.FullName;

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
