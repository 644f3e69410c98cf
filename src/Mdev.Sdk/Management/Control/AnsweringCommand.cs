using System.Text.Json;

namespace Mdev.Sdk.Management.Control;

/// <summary>A command that is answered by one line.</summary>
/// <param name="verb">What both ends know of it.</param>
internal abstract class AnsweringCommand<TArguments, TAnswer>(ControlVerb<TArguments, TAnswer> verb) : ControlCommand(verb.Name)
    where TArguments : class
    where TAnswer : class
{
    public sealed override async Task RunAsync(JsonElement? arguments, ControlAnswers answers, CancellationToken cancel)
    {
        TAnswer answer = await AnswerAsync(Read(arguments, verb.Arguments), cancel).ConfigureAwait(false);
        await answers.ReturnAsync(answer, verb.Answer).ConfigureAwait(false);
    }

    /// <summary>Does it.</summary>
    /// <param name="arguments">As the tool gave them; members it left out are <see langword="null"/> or at their default.</param>
    /// <param name="cancel">The tool has gone, or this process is going.</param>
    /// <exception cref="MdevException">It is refused; errno and sentence reach the tool.</exception>
    protected abstract Task<TAnswer> AnswerAsync(TArguments arguments, CancellationToken cancel);
}
