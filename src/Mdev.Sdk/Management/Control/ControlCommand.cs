using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mdev.Sdk.Management.Control;

/// <summary>What a host process does for a tool. A command is a class of its own; one object serves all tools at once.</summary>
/// <remarks>
/// Derive from <see cref="AnsweringCommand{TArguments, TAnswer}"/> or <see cref="StreamingCommand{TArguments, TItem}"/>, or from this where
/// bytes follow the answer. What is thrown before an answer reaches the tool as an error, that of an <see cref="MdevException"/> with its errno, and harms nobody else.
/// </remarks>
/// <param name="name">What a request names it by.</param>
internal abstract class ControlCommand(string name)
{
    /// <summary>What a request names it by.</summary>
    public string Name { get; } = name;

    /// <summary>Does it.</summary>
    /// <param name="arguments">As they came; <see langword="null"/> if none did.</param>
    /// <param name="answers">Takes what goes to the tool.</param>
    /// <param name="cancel">The tool has gone, or this process is going.</param>
    public abstract Task RunAsync(JsonElement? arguments, ControlAnswers answers, CancellationToken cancel);

    private protected static TArguments Read<TArguments>(JsonElement? arguments, JsonTypeInfo<TArguments> type)
        where TArguments : class
    {
        try
        {
            return (arguments is { } given ? given.Deserialize(type) : JsonSerializer.Deserialize("{}", type))
                ?? throw new MdevException(Errno.EINVAL, "The arguments are an object.");
        }
        catch (JsonException e)
        {
            throw new MdevException(Errno.EINVAL, $"The arguments are wrong: {e.Message.Split(" LineNumber:")[0]}");
        }
    }
}
