using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>The operators' page in a browser: keys and users.</summary>
public sealed class OpsPageAccessTests : OpsPageRig
{
    [Fact]
    public async Task A_key_is_made_and_revoked()
    {
        await using var page = await OpenAsync("/ops?tab=keys");
        await page.EvaluateAsync("document.querySelector('#new-key [name=label]').value = 'shop'");
        await ClickAsync(page, "#new-key button");
        await page.UntilAsync("document.querySelector('#new-key output').textContent.startsWith('rates-')", Token);
        await PictureAsync(page, "keys");
        await page.GoAsync(new(Api.Address, "/ops?tab=keys&again"), Token);
        await ClickAsync(page, "[data-action=revoke]");
        await page.UntilAsync("document.querySelector('#sure[open] h2')?.textContent === 'Revoke the key for shop'", Token);
        await page.PressAsync("Escape");
        await page.UntilAsync("!document.getElementById('sure').open", Token);
        Assert.Single(await Api.Services.GetRequiredService<AccessStore>().ReadKeysAsync(Token));
        await ClickAsync(page, "[data-action=revoke]");
        await ClickAsync(page, "#sure[open] [data-do=sure]");

        await page.UntilAsync("document.getElementById('said').textContent.includes('is revoked')", Token);
        Assert.Empty(await Api.Services.GetRequiredService<AccessStore>().ReadKeysAsync(Token));
    }

    [Fact]
    public async Task A_user_is_made_changed_and_deleted()
    {
        await using var page = await OpenAsync("/ops?tab=users");
        await page.EvaluateAsync("document.querySelector('#user [name=name]').value = 'anna'");
        await page.EvaluateAsync("document.querySelector('#user [name=role]').value = 'ops'");
        await page.EvaluateAsync("document.querySelector('#user [name=password]').value = 'another long one'");
        await ClickAsync(page, "#user button");
        await page.UntilAsync("document.querySelector('[data-action=change-user][data-name=anna][data-role=ops]')", Token);
        await PictureAsync(page, "users");
        await ClickAsync(page, "[data-action=change-user][data-name=anna]");
        Assert.Equal("password", await page.TextAsync("document.activeElement.name"));
        await page.EvaluateAsync("document.querySelector('#user [name=role]').value = 'read'");
        await ClickAsync(page, "#user button");
        await page.UntilAsync("document.querySelector('[data-action=change-user][data-name=anna][data-role=read]')", Token);
        await ClickAsync(page, "[data-action=delete-user][data-name=anna]");
        await ClickAsync(page, "#sure[open] [data-do=sure]");

        await page.UntilAsync("document.getElementById('said').textContent === 'anna is deleted'", Token);
        Assert.DoesNotContain("anna", (await Api.Services.GetRequiredService<AccessStore>().ReadUsersAsync(Token)).Keys);
    }
}
