using System.Text.Json;

namespace Mdev.Sdk.Management.Control;

/// <summary>A command that is answered by a line an item, until it has no more or the tool goes away.</summary>
/// <param name="verb">What both ends know of it.</param>
internal abstract class StreamingCommand<TArguments, TItem>(ControlVerb<TArguments, TItem> verb) : ControlCommand(verb.Name)
    where TArguments : class
    where TItem : class
{
    public sealed override async Task RunAsync(JsonElement? arguments, ControlAnswers answers, CancellationToken cancel)
    {
        IAsyncEnumerable<TItem> items = StreamAsync(Read(arguments, verb.Arguments), cancel);
        await foreach (TItem item in items.WithCancellation(cancel).ConfigureAwait(false))
            await answers.ItemAsync(item, verb.Answer).ConfigureAwait(false);
        await answers.ReturnAsync(Nothing.Instance, ControlJson.Default.Nothing).ConfigureAwait(false);
    }

    /// <summary>Does it.</summary>
    /// <remarks>
    /// A tool that reads slowly is asked for the next item late, so whoever produces them must not wait: bound what is kept for it,
    /// and say in an item of its own what was lost.
    /// </remarks>
    /// <param name="arguments">As the tool gave them; members it left out are <see langword="null"/> or at their default.</param>
    /// <param name="cancel">The tool has gone, or this process is going.</param>
    /// <exception cref="MdevException">It is refused; errno and sentence reach the tool, and the stream is over.</exception>
    protected abstract IAsyncEnumerable<TItem> StreamAsync(TArguments arguments, CancellationToken cancel);
}
