namespace Rates.Worker.Tests;

/// <summary>Providers that are declared by files of a folder.</summary>
public sealed class DeclarationFileTests : DeclarationRig
{
    [Fact]
    public async Task Files_of_a_folder_are_declared_changed_and_retired_and_a_broken_one_is_named()
    {
        await using var worker = await StartAsync(("Rates:Worker:DeclarationsFolder", Folder.FullName));
        var file = Path.Combine(Folder.FullName, "acme.json");

        await File.WriteAllTextAsync(file, Block(), Token);
        await PassUntilAsync(worker, async () => await worker.SheetAsync("acme") is not null);
        await File.WriteAllTextAsync(file, Block().Replace("$.rates[*]", "$.rates[", StringComparison.Ordinal), Token);
        await PassUntilAsync(worker, () => Task.FromResult(worker.Log.Lines.Any(line =>
            line.Contains("acme.json: not declared", StringComparison.Ordinal) && line.Contains("read.rows", StringComparison.Ordinal))));
        var still = worker.Get<ScheduleTable>().Fetched.ContainsKey("acme");
        await File.WriteAllTextAsync(file, Block(name: "Acme Bank of the file"), Token);
        await PassUntilAsync(
            worker, () => Task.FromResult(worker.Get<ProviderTable>().Find("acme")!.Block.Name == "Acme Bank of the file"));
        File.Delete(file);
        await PassUntilAsync(worker, () => Task.FromResult(!worker.Get<ScheduleTable>().Fetched.ContainsKey("acme")));
        var retired = (await Book.ReadDeclarationsAsync(Token))["acme"];
        await DeclareAsync(Block());
        await File.WriteAllTextAsync(file, Block(name: "not used"), Token);
        await PassUntilAsync(worker, () => Task.FromResult(worker.Log.Lines.Any(line =>
            line.Contains("acme.json: not used, since anna declared acme", StringComparison.Ordinal))));

        Assert.True(still);
        Assert.Equal((true, "acme.json"), (retired.Value!.Retired, retired.Value.File));
        Assert.Equal("Acme Bank", worker.Get<ProviderTable>().Find("acme")!.Block.Name);
    }

    [Fact]
    public async Task A_file_that_went_while_no_worker_ran_is_retired_at_the_start()
    {
        await Book.EditDeclarationAsync("acme", 0, new() { Block = Json(Block()), File = "acme.json" }, "file acme.json", Token);

        await using var worker = await StartAsync(("Rates:Worker:DeclarationsFolder", Folder.FullName));

        await PassUntilAsync(worker, async () => (await Book.ReadDeclarationsAsync(Token))["acme"].Value!.Retired);
    }
}
