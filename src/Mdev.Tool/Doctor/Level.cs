namespace Mdev.Tool.Doctor;

/// <summary>How a finding is to be taken.</summary>
internal enum Level
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Something will not work, or may go wrong later; the exit status stays 0.</summary>
    Warning,

    /// <summary>Something does not work now; exit status 1.</summary>
    Problem,
}
