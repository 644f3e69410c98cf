using Mdev.Tool.Verbs;

namespace Mdev.Tool;

/// <summary>The command line is wrong: status 2.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="verb">Whose help says how it is right.</param>
internal sealed class UsageException(string message, Verb? verb) : Exception(message)
{
    public Verb? Verb { get; } = verb;
}
