namespace Mdev.Tool.Doctor;

/// <summary>A line of the doctor.</summary>
/// <param name="Level">How it is to be taken.</param>
/// <param name="Text">What was found, and what to do if it is not as it should be.</param>
internal sealed record Finding(Level Level, string Text)
{
    public static Finding Ok(string text) => new(Level.Ok, text);

    public static Finding Warning(string text) => new(Level.Warning, text);

    public static Finding Problem(string text) => new(Level.Problem, text);
}
