using Spectre.Console;

namespace Mdev.Tool.Output;

/// <summary>Tells on standard error what takes over two seconds.</summary>
internal static class Waiting
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>Waits for something.</summary>
    /// <param name="surroundings">Where to tell.</param>
    /// <param name="work">What is waited for.</param>
    /// <param name="what">What it is, asked for when it is told: "waiting for process 12 to let the device go".</param>
    public static async Task ForAsync(Surroundings surroundings, Task work, Func<string> what)
    {
        if (await Task.WhenAny(work, Task.Delay(s_patience)).ConfigureAwait(false) != work)
        {
            string text = what();
            if (Surroundings.IsWatched)
                await surroundings.ErrorScreen.Status().StartAsync(Markup.Escape(text), _ => Task.WhenAny(work)).ConfigureAwait(false);
            else
                surroundings.Tell(text);
        }
        await work.ConfigureAwait(false);
    }
}
