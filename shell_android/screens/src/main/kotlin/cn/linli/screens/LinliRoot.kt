package cn.linli.screens

import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import cn.linli.app.Linli

@Composable
fun LinliRoot(linli: Linli) {
    val frame by linli.frame.now.collectAsState()
    Text(frame.community)
}
