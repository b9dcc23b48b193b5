"""The scripts that connect a shell to our completion: click's own, except for what has to do with `=`."""

from __future__ import annotations

from click.shell_completion import get_completion_class

_PROGRAM = "milepost"
_VARIABLE = "_MILEPOST_COMPLETE"
# Readline splits `due=20` into three words and replaces the last one only. So the words are joined again before we see
# them, and the part up to the last `=` is taken off what we answer. No space after `due=`, which is not finished.
_BASH = """\
_milepost_completion() {
    local IFS=$'\\n' words=() current=0 index word previous="" line type value prefix
    for index in "${!COMP_WORDS[@]}"; do
        word=${COMP_WORDS[index]}
        if (( index > 0 && ${#words[@]} > 1 )) && [[ $word == "=" || $previous == "=" ]] &&
            [[ ${words[-1]} != -* ]] && [[ ${COMP_LINE} == *"${words[-1]}${word}"* ]]; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
        previous=$word
        (( index == COMP_CWORD )) && current=$(( ${#words[@]} - 1 ))
    done
    word=${words[current]}
    prefix=""
    [[ $word == *=* && $word != -* ]] && prefix=${word%"${word##*=}"}
    COMPREPLY=()
    while IFS=',' read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain) COMPREPLY+=("${value#"$prefix"}") ;;
        esac
    done < <(COMP_WORDS="$(printf '%q ' "${words[@]}")" COMP_CWORD=$current _MILEPOST_COMPLETE=bash_complete "$1")
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
    return 0
}

complete -o nosort -F _milepost_completion milepost
"""

# zsh puts a space after every word unless it is told not to, so click's script gets another ending.
_ZSH_ENDING = "compadd -U -V unsorted -a completions"
_ZSH_ENDINGS = """\
compadd -U -V unsorted -- ${completions:#*=}
        compadd -U -S '' -V unfinished -- ${(M)completions:#*=}"""


def completion_script(shell: str) -> str:
    """What a shell has to evaluate: bash, zsh or fish."""
    if shell == "bash":
        return _BASH
    from milepost.cli import main

    found = get_completion_class(shell)
    assert found is not None
    script = found(main, {}, _PROGRAM, _VARIABLE).source()
    return script.replace(_ZSH_ENDING, _ZSH_ENDINGS) if shell == "zsh" else script
